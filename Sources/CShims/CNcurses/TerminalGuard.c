#define _GNU_SOURCE 1  // wcwidth, and what goes with it
#include "TerminalGuard.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/// How long a restore waits for a terminal that takes no bytes.
enum { write_patience_ms = 100 };

static const int crash_signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE};
static const int wake_signals[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGWINCH, SIGTSTP, SIGCONT};
enum { crash_count = sizeof crash_signals / sizeof *crash_signals };
enum { wake_count = sizeof wake_signals / sizeof *wake_signals };

static struct sigaction former_crash[crash_count];
static struct sigaction former_wake[wake_count];
static struct termios saved_modes;
static char restore_bytes[JARVIS_GUARD_MAXIMUM];
static size_t restore_length;
static int terminal = -1;
static int wake_descriptor = -1;
static volatile sig_atomic_t is_active;
static volatile sig_atomic_t is_armed;
static volatile sig_atomic_t endings;
static char alternate_stack[64 * 1024];

void jarvis_guard_restore(void) {
  if (!is_active || terminal < 0) return;
  is_active = 0;
  int before = errno;
  struct pollfd writable = {.fd = terminal, .events = POLLOUT};
  size_t done = 0;
  while (done < restore_length && poll(&writable, 1, write_patience_ms) > 0) {
    ssize_t count = write(terminal, restore_bytes + done, restore_length - done);
    if (count <= 0 && errno != EINTR && errno != EAGAIN) break;
    if (count > 0) done += (size_t)count;
  }
  // Without a pause: a process in the background would be stopped for changing modes.
  sigset_t blocked, old;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGTTOU);
  sigprocmask(SIG_BLOCK, &blocked, &old);
  tcsetattr(terminal, TCSANOW, &saved_modes);
  sigprocmask(SIG_SETMASK, &old, NULL);
  errno = before;
}

static void on_crash(int signal_number, siginfo_t *info, void *context) {
  (void)context;
  jarvis_guard_restore();
  // A fault comes again when its instruction runs again, and abort() goes on until the process is dead. What somebody
  // sent comes once: whoever had the signal before us may return from it (Swift's backtrace does), and the program
  // would run on without its terminal.
  int is_sent = info->si_code == SI_USER || info->si_code == SI_QUEUE;
  struct sigaction standard = {.sa_handler = SIG_DFL};
  for (int i = 0; i < crash_count; i++) {
    if (crash_signals[i] == signal_number) sigaction(signal_number, is_sent ? &standard : &former_crash[i], NULL);
  }
  // Delivered when this handler returns.
  raise(signal_number);
}

static int is_ending(int number) {
  return number == SIGTERM || number == SIGHUP || number == SIGINT || number == SIGQUIT;
}

static void on_wake(int signal_number) {
  int before = errno;
  if (is_ending(signal_number) && ++endings > 1) {
    // The loop has not come round to the first one: it hangs.
    jarvis_guard_restore();
    struct sigaction standard = {.sa_handler = SIG_DFL};
    sigaction(signal_number, &standard, NULL);
    raise(signal_number);
    return;
  }
  unsigned char byte = (unsigned char)signal_number;
  ssize_t ignored = write(wake_descriptor, &byte, 1);
  (void)ignored;  // A full pipe is a pipe that wakes.
  errno = before;
}

int jarvis_guard_arm(int descriptor, const struct termios *saved, const char *restore, size_t length, int wake) {
  if (length > sizeof restore_bytes) return -1;
  static int is_registered;
  saved_modes = *saved;
  memcpy(restore_bytes, restore, length);
  restore_length = length;
  terminal = descriptor;
  wake_descriptor = wake;
  endings = 0;
  if (!is_registered) {
    is_registered = 1;
    atexit(jarvis_guard_restore);
  }
  if (is_armed) {
    is_active = 1;
    return 0;
  }
  stack_t stack = {.ss_sp = alternate_stack, .ss_size = sizeof alternate_stack};
  sigaltstack(&stack, NULL);
  struct sigaction crash = {.sa_sigaction = on_crash, .sa_flags = SA_ONSTACK | SA_SIGINFO};
  sigfillset(&crash.sa_mask);
  struct sigaction waking = {.sa_handler = on_wake, .sa_flags = SA_RESTART | SA_ONSTACK};
  sigfillset(&waking.sa_mask);
  int result = 0;
  for (int i = 0; i < crash_count; i++) result |= sigaction(crash_signals[i], &crash, &former_crash[i]);
  for (int i = 0; i < wake_count; i++) result |= sigaction(wake_signals[i], &waking, &former_wake[i]);
  is_armed = 1;
  is_active = 1;
  return result ? -1 : 0;
}

void jarvis_guard_set_active(int active) {
  endings = 0;
  is_active = active && terminal >= 0;
}

void jarvis_guard_disarm(void) {
  if (!is_armed) return;
  is_active = 0;
  is_armed = 0;
  for (int i = 0; i < crash_count; i++) sigaction(crash_signals[i], &former_crash[i], NULL);
  for (int i = 0; i < wake_count; i++) sigaction(wake_signals[i], &former_wake[i], NULL);
  terminal = -1;
}

void jarvis_guard_stop(void) {
  struct sigaction standard = {.sa_handler = SIG_DFL}, ours;
  sigaction(SIGTSTP, &standard, &ours);
  kill(0, SIGTSTP);
  // Runs on here after SIGCONT.
  sigaction(SIGTSTP, &ours, NULL);
}
