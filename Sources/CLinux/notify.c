#define _GNU_SOURCE
#include "linux_notify.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

int linux_send_datagram(const char *socket_name, const void *bytes, size_t size, int descriptor, int milliseconds) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  size_t length = strlen(socket_name);
  if ((socket_name[0] != '/' && socket_name[0] != '@') || length < 2) return -EAFNOSUPPORT;
  if (length >= sizeof address.sun_path) return -ENAMETOOLONG;
  memcpy(address.sun_path, socket_name, length);
  if (socket_name[0] == '@') address.sun_path[0] = 0;

  int s = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (s < 0) return -errno;
  struct iovec data = {.iov_base = (void *)bytes, .iov_len = size};
  union {
    struct cmsghdr header;
    char room[CMSG_SPACE(sizeof(int))];
  } control = {0};
  struct msghdr message = {
      .msg_name = &address,
      .msg_namelen = offsetof(struct sockaddr_un, sun_path) + length + (socket_name[0] == '/'),
      .msg_iov = &data,
      .msg_iovlen = 1,
  };
  if (descriptor >= 0) {
    message.msg_control = &control;
    message.msg_controllen = sizeof control.room;
    struct cmsghdr *c = CMSG_FIRSTHDR(&message);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(c), &descriptor, sizeof(int));
  }
  struct timeval patience = {.tv_sec = milliseconds / 1000, .tv_usec = milliseconds % 1000 * 1000};
  setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  ssize_t sent;
  do {
    sent = sendmsg(s, &message, MSG_NOSIGNAL | (milliseconds > 0 ? 0 : MSG_DONTWAIT));
  } while (sent < 0 && errno == EINTR);
  int result = sent < 0 ? -errno : 0;
  close(s);
  return result;
}

int linux_notify(const char *socket_name, const char *state, int descriptor) {
  // A manager that does not read must hold nothing up: what does not fit is given up after half a second.
  return linux_send_datagram(socket_name, state, strlen(state), descriptor, 500);
}

int linux_notify_barrier(const char *socket_name, int milliseconds) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) < 0) return -errno;
  int result = linux_notify(socket_name, "BARRIER=1", ends[1]);
  close(ends[1]);
  if (result == 0) {
    // The manager closes its copy when it comes to the message: the pipe hangs up.
    struct pollfd wait = {.fd = ends[0], .events = 0};
    int n;
    do {
      n = poll(&wait, 1, milliseconds);
    } while (n < 0 && errno == EINTR);
    result = n < 0 ? -errno : n == 0 ? -ETIMEDOUT : 0;
  }
  close(ends[0]);
  return result;
}
