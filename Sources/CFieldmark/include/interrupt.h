// Ctrl-C, for commands that finish a step and clean up before they end.
#pragma once

/// From now on the first interrupt or request to end is only noted and acknowledged; a second one
/// ends the program at once, as usual. If one was noted before, this does nothing, so that the next
/// one is the second.
void fm_interrupt_watch(void);

/// From now on the first interrupt ends the program at once again.
void fm_interrupt_obey(void);

/// Whether an interrupt was noted.
int fm_interrupted(void);
