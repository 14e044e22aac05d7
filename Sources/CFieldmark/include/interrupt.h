// Ctrl-C, for commands that put their things in order before they end.
#pragma once

/// From now on an interrupt or a request to end is noted, not obeyed; a second one ends the
/// program at once, as ever.
void fm_interrupt_watch(void);

/// Whether one was noted.
int fm_interrupted(void);
