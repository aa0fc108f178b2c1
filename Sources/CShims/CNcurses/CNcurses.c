#define _GNU_SOURCE 1  // wcwidth, and what goes with it
#include "CNcurses.h"

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <wchar.h>

int jarvis_memory_file(void) { return memfd_create("jarvis-frame", MFD_CLOEXEC); }

SCREEN *jarvis_newterm(const char *type, int output, int input, int *copy) {
  int out_copy = dup(output);
  *copy = out_copy;
  int in_copy = dup(input);
  FILE *out = out_copy < 0 ? NULL : fdopen(out_copy, "w");
  FILE *in = in_copy < 0 ? NULL : fdopen(in_copy, "r");
  SCREEN *screen = out && in ? newterm(type, out, in) : NULL;
  if (!screen) {
    if (out) fclose(out);
    else if (out_copy >= 0) close(out_copy);
    if (in) fclose(in);
    else if (in_copy >= 0) close(in_copy);
  }
  return screen;
}

int jarvis_terminfo_usable(const char *type) {
  int error = 0;
  TERMINAL *before = cur_term;
  if (setupterm(type, STDOUT_FILENO, &error) != OK) return 0;
  const char *cup = tigetstr("cup");
  int usable = cup && cup != (char *)-1 && *cup;
  TERMINAL *probe = cur_term;
  set_curterm(before);
  if (probe != before) del_curterm(probe);
  return usable;
}

int jarvis_libc_width(unsigned code_point) { return wcwidth((wchar_t)code_point); }

int jarvis_window_size(int descriptor, int *columns, int *rows) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return -1;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return 0;
}

int jarvis_set_utf8_locale(void) {
  if (setlocale(LC_CTYPE, "") && strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return 1;
  // An 8-bit locale that somebody chose is obeyed; the bare C locale is what machines without any setting have.
  if (strcmp(nl_langinfo(CODESET), "ANSI_X3.4-1968") != 0) return 0;
  return setlocale(LC_CTYPE, "C.UTF-8") && strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}
