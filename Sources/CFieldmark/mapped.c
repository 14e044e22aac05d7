#include "mapped.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PLACES = 4096, FREE = 0, TAKEN = 1 };

// A signal handler may neither wait nor allocate, so the places exist from the beginning and are
// read without a lock.
static struct {
  _Atomic(uintptr_t) start;
  size_t count;
  char *name;
} files[PLACES];

static int exit_status;

int fm_mapped_add(const void *start, size_t count, const char *name) {
  char *copy = strdup(name);
  if (!copy) return -1;
  for (int i = 0; i < PLACES; i++) {
    uintptr_t is_free = FREE;
    if (!atomic_compare_exchange_strong(&files[i].start, &is_free, TAKEN)) continue;
    files[i].count = count;
    files[i].name = copy;
    atomic_store(&files[i].start, (uintptr_t)start);
    return i;
  }
  free(copy);
  return -1;
}

void fm_mapped_remove(int place) {
  if (place < 0) return;
  atomic_store(&files[place].start, TAKEN);
  free(files[place].name);
  files[place].name = NULL;
  atomic_store(&files[place].start, FREE);
}

static void say(const char *text) {
  size_t rest = strlen(text);
  while (rest > 0) {
    ssize_t count = write(STDERR_FILENO, text, rest);
    if (count <= 0) return;
    text += count;
    rest -= (size_t)count;
  }
}

static void page_is_gone(int number, siginfo_t *info, void *context) {
  (void)context;
  uintptr_t place = (uintptr_t)info->si_addr;
  for (int i = 0; i < PLACES; i++) {
    uintptr_t start = atomic_load(&files[i].start);
    // The last page extends beyond the end of the file.
    if (start <= TAKEN || place < start || place - start >= files[i].count + 65536) continue;
    say(files[i].name);
    say(": expected the file as it was when it was opened, found it cut short while it was read.\n");
    _exit(exit_status);
  }
  // The fault is not from these files. The default action is back, so the fault comes again when
  // the read is retried, and ends the program as usual.
  signal(number, SIG_DFL);
}

void fm_mapped_watch(int status) {
  exit_status = status;
  struct sigaction action = {0};
  action.sa_sigaction = page_is_gone;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  sigaction(SIGBUS, &action, NULL);
}
