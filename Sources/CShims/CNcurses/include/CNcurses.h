// What Swift cannot import of ncursesw: macros, globals, variadics. Text never passes through a format function.
#ifndef JARVIS_CNCURSES_H
#define JARVIS_CNCURSES_H

#ifndef _XOPEN_SOURCE_EXTENDED
#define _XOPEN_SOURCE_EXTENDED 1
#endif
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <stddef.h>
#include <term.h>
// term.h defines short names as macros that would hide ordinary words.
#undef lines
#undef columns
#undef bell
#undef newline
#undef tab

#include "TerminalGuard.h"

/// Opens a terminal of this terminfo type on two descriptors. NULL when the type is unknown or cannot be used.
/// Both descriptors are duplicated; the copies live as long as the process. `*copy` is the one that is written to.
SCREEN *jarvis_newterm(const char *type, int output, int input, int *copy);

/// A file in memory, to catch what is written; -1 where the system has none.
int jarvis_memory_file(void);

/// 1 when terminfo knows this type and it can place the cursor.
int jarvis_terminfo_usable(const char *type);

/// The number of colours that terminfo gives for the type of the current screen; 0 for none.
static inline int jarvis_colours(void) { return COLORS; }

/// The number of colour pairs of the current screen.
static inline int jarvis_pairs(void) { return COLOR_PAIRS; }

static inline WINDOW *jarvis_stdscr(void) { return stdscr; }

static inline WINDOW *jarvis_curscr(void) { return curscr; }

/// Attributes by our own bits: 1 bold, 2 dim, 4 reverse, 8 underline, 16 italic.
static inline attr_t jarvis_attributes(unsigned bits) {
  attr_t result = A_NORMAL;
  if (bits & 1) result |= A_BOLD;
  if (bits & 2) result |= A_DIM;
  if (bits & 4) result |= A_REVERSE;
  if (bits & 8) result |= A_UNDERLINE;
#ifdef A_ITALIC
  if (bits & 16) result |= A_ITALIC;
#endif
  return result;
}

/// Puts one cell. `text` is a base with at most four marks, ended by 0; `pair` may be above what a short holds.
static inline int jarvis_put_cell(int y, int x, const wchar_t *text, attr_t attributes, int pair) {
  cchar_t cell;
  if (setcchar(&cell, text, attributes, 0, &pair) == ERR) return ERR;
  return mvwadd_wch(stdscr, y, x, &cell);
}


/// libc's width of a code point: what ncurses will count. -1 when it does not know it.
int jarvis_libc_width(unsigned code_point);

/// The size of the terminal on this descriptor; 0 when it was told.
int jarvis_window_size(int descriptor, int *columns, int *rows);

/// Sets the locale for characters. 1 when it is UTF-8, tried in this order: the environment's, C.UTF-8.
int jarvis_set_utf8_locale(void);

#endif
