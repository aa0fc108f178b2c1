#ifndef JARVIS_CNCURSES_H
#define JARVIS_CNCURSES_H
#define NCURSES_WIDECHAR 1
#include <curses.h>
#endif
