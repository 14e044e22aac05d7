#include "interrupt.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

// A signal may come at any instruction of any thread, so its handler may use lock-free atomics,
// write(2) and sigaction(2), and little else.
static atomic_int interrupted = 0;
static atomic_int has_terminal = 0;

static void take(void (*handler)(int)) {
  struct sigaction action = {.sa_handler = handler};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
}

static void note(int signal) {
  (void)signal;
  const int error = errno;
  atomic_store(&interrupted, 1);
  take(SIG_DFL);
  // On a terminal the sentence takes the place of the line of progress.
  static const char clear[] = "\r\x1b[K";
  static const char sentence[] =
      "Stopping after the step that is under way; Ctrl-C again stops at once.\n";
  ssize_t written = 0;
  if (atomic_load(&has_terminal)) written = write(STDERR_FILENO, clear, sizeof clear - 1);
  written = write(STDERR_FILENO, sentence, sizeof sentence - 1);
  (void)written;
  errno = error;
}

void fm_interrupt_watch(void) {
  if (atomic_load(&interrupted)) return;
  atomic_store(&has_terminal, isatty(STDERR_FILENO));
  take(note);
  // The parent process may have blocked these signals, and a blocked signal never comes.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_UNBLOCK, &signals, NULL);
}

void fm_interrupt_obey(void) { take(SIG_DFL); }

int fm_interrupted(void) { return atomic_load(&interrupted); }
