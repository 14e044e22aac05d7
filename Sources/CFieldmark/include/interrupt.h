// Ctrl-C, for commands that put their things in order before they end.
#pragma once

/// From now on an interrupt or a request to end is noted and acknowledged, not obeyed; a second one
/// ends the program at once, as ever. After one was noted this does nothing: the second counts.
void fm_interrupt_watch(void);

/// From now on the first one ends the program at once again.
void fm_interrupt_obey(void);

/// Whether one was noted.
int fm_interrupted(void);
