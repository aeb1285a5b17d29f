#define _GNU_SOURCE
#include "CLinuxStorage.h"

#include <errno.h>
#include <sys/file.h>
#include <unistd.h>

int linux_lock_file(int descriptor) {
  int result;
  do {
    result = flock(descriptor, LOCK_EX | LOCK_NB);
  } while (result < 0 && errno == EINTR);
  return result < 0 ? -errno : 0;
}

int linux_is_locked(int descriptor) {
  int result;
  do {
    result = flock(descriptor, LOCK_SH | LOCK_NB);
  } while (result < 0 && errno == EINTR);
  if (result == 0) return 0;
  return errno == EWOULDBLOCK ? 1 : -errno;
}

int linux_write_all(int descriptor, const void *bytes, size_t size) {
  const char *position = bytes;
  while (size > 0) {
    ssize_t n = write(descriptor, position, size);
    if (n < 0 && errno == EINTR) continue;
    // A short write of nothing would go on for ever.
    if (n <= 0) return n < 0 ? -errno : -EIO;
    position += n;
    size -= (size_t)n;
  }
  return 0;
}
