// Brings the terminal back whatever ends the process, and turns signals into bytes on a pipe.
//
// The state is static because a signal handler has no other place to look. Everything a handler does is
// async-signal-safe: write, poll, tcsetattr, sigaction, raise.
#ifndef JARVIS_TERMINAL_GUARD_H
#define JARVIS_TERMINAL_GUARD_H

#include <stddef.h>
#include <termios.h>

/// The longest restore sequence.
#define JARVIS_GUARD_MAXIMUM 512

/// Remembers how the terminal on `descriptor` was, installs the handlers, and registers with atexit.
/// Crash signals: terminal restored, then the former handler or default runs, so that exit codes and backtraces stay.
/// TERM, HUP, INT, QUIT, WINCH, TSTP, CONT: one byte, the signal's number, on `wake`. A second TERM, HUP, INT or QUIT
/// that finds the first still unhandled restores and ends the process.
/// Returns 0, or -1 when `length` is too long or a handler could not be installed.
int jarvis_guard_arm(int descriptor, const struct termios *saved, const char *restore, size_t length, int wake);

/// While not active, a death leaves the terminal alone: it was given back already (suspended, closed).
void jarvis_guard_set_active(int active);

/// Restores now, if active. Safe anywhere.
void jarvis_guard_restore(void);

/// Removes the handlers again.
void jarvis_guard_disarm(void);

/// Stops this process group as Ctrl-Z would, and comes back when it is continued.
void jarvis_guard_stop(void);

#endif
