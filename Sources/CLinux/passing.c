#define _GNU_SOURCE
#include "linux_passing.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int linux_socket_pair(int pair[2]) {
  return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0 ? 0 : -errno;
}

int64_t linux_send(int socket, const void *bytes, size_t length, int passed) {
  struct iovec part = {.iov_base = (void *)bytes, .iov_len = length};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
  union {
    char bytes[CMSG_SPACE(sizeof(int))];
    struct cmsghdr align;
  } control;
  if (passed >= 0) {
    memset(&control, 0, sizeof control);
    message.msg_control = control.bytes;
    message.msg_controllen = sizeof control.bytes;
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(head), &passed, sizeof(int));
  }
  ssize_t sent;
  do sent = sendmsg(socket, &message, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  return sent < 0 ? -errno : sent;
}

int64_t linux_receive(int socket, void *bytes, size_t length, int wait, int *passed) {
  *passed = -1;
  struct iovec part = {.iov_base = bytes, .iov_len = length};
  union {
    char bytes[CMSG_SPACE(8 * sizeof(int))];
    struct cmsghdr align;
  } control;
  struct msghdr message = {
      .msg_iov = &part,
      .msg_iovlen = 1,
      .msg_control = control.bytes,
      .msg_controllen = sizeof control.bytes};
  ssize_t received;
  do received = recvmsg(socket, &message, MSG_CMSG_CLOEXEC | (wait ? 0 : MSG_DONTWAIT));
  while (received < 0 && errno == EINTR);
  if (received < 0) return -errno;
  for (struct cmsghdr *head = CMSG_FIRSTHDR(&message); head; head = CMSG_NXTHDR(&message, head)) {
    if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS) continue;
    size_t count = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (size_t index = 0; index < count; index++) {
      int descriptor;
      memcpy(&descriptor, CMSG_DATA(head) + index * sizeof(int), sizeof(int));
      if (*passed < 0) {
        *passed = descriptor;
      } else {
        close(descriptor);
      }
    }
  }
  return received;
}

int linux_await(int socket, int process, int milliseconds) {
  struct pollfd wanted[] = {
      {.fd = socket, .events = POLLIN}, {.fd = process, .events = POLLIN}};
  int ready = poll(wanted, 2, milliseconds);
  if (ready < 0) return -errno;
  if (wanted[0].revents) return 1;
  return wanted[1].revents ? 2 : 0;
}

int linux_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0 ? 0 : -errno; }

int linux_spawn(
    const char *path, char *const arguments[], char *const environment[], int socket, int words) {
  if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0) return -errno;
  pid_t process;
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int error = posix_spawn_file_actions_init(&actions);
  if (error) return -error;
  error = posix_spawnattr_init(&attributes);
  if (error) {
    posix_spawn_file_actions_destroy(&actions);
    return -error;
  }
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  // Where the socket is already 0, dup2 of the file actions clears its close-on-exec flag.
  if (!error) error = posix_spawn_file_actions_adddup2(&actions, socket, STDIN_FILENO);
  if (!error)
    error = posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  if (!error) error = posix_spawn_file_actions_adddup2(&actions, words, STDERR_FILENO);
  if (!error) error = posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  if (!error) error = posix_spawnattr_setsigmask(&attributes, &none);
  if (!error) error = posix_spawnattr_setsigdefault(&attributes, &all);
  if (!error) error = posix_spawnattr_setpgroup(&attributes, 0);
  if (!error)
    error = posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  if (!error) error = posix_spawn(&process, path, &actions, &attributes, arguments, environment);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error ? -error : process;
}

int linux_process_descriptor(pid_t process) {
  long descriptor = syscall(SYS_pidfd_open, process, 0);
  return descriptor < 0 ? -errno : (int)descriptor;
}

int linux_reap(pid_t process, int *status) {
  pid_t ended;
  do ended = waitpid(process, status, 0);
  while (ended < 0 && errno == EINTR);
  return ended < 0 ? -errno : 0;
}

static int limit(pid_t process, int resource, rlim_t soft, rlim_t hard) {
  struct rlimit value = {.rlim_cur = soft, .rlim_max = hard};
  return prlimit(process, resource, &value, NULL) == 0 ? 0 : -errno;
}

int linux_limit_memory(pid_t process, uint64_t bytes) {
  int result = limit(process, RLIMIT_AS, bytes, bytes);
  if (result == 0) result = limit(process, RLIMIT_CORE, 0, 0);
  if (result == 0) result = limit(process, RLIMIT_FSIZE, 0, 0);
  return result;
}

int linux_limit_processor(pid_t process, uint64_t seconds) {
  clockid_t clock;
  struct timespec used;
  int error = clock_getcpuclockid(process, &clock);
  if (error) return -error;
  if (clock_gettime(clock, &used) != 0) return -errno;
  // Only the soft limit: a lowered hard one could not be raised again for the next document.
  struct rlimit now;
  if (prlimit(process, RLIMIT_CPU, NULL, &now) != 0) return -errno;
  return limit(process, RLIMIT_CPU, (rlim_t)used.tv_sec + 1 + seconds, now.rlim_max);
}

int linux_die_with_parent(pid_t parent) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return -errno;
  return getppid() == parent ? 0 : -ESRCH;
}
