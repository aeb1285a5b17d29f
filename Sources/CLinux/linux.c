#define _GNU_SOURCE
#include "linux_files.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#define AGAIN(call)                                \
  ({                                               \
    __typeof__(call) result_;                      \
    do {                                           \
      result_ = (call);                            \
    } while (result_ < 0 && errno == EINTR);       \
    result_ < 0 ? (__typeof__(call))-errno : result_; \
  })

int linux_open_at(int folder, const char *name, int flags, unsigned mode) {
  return AGAIN(openat(folder, name, flags, mode));
}

static void fill(struct linux_file *out, const struct stat *s) {
  out->device = s->st_dev;
  out->inode = s->st_ino;
  out->mode = s->st_mode;
  out->owner = s->st_uid;
  out->links = s->st_nlink;
  out->size = s->st_size;
  out->modified = (int64_t)s->st_mtim.tv_sec * 1000000000 + s->st_mtim.tv_nsec;
  out->changed = (int64_t)s->st_ctim.tv_sec * 1000000000 + s->st_ctim.tv_nsec;
}

int linux_status_at(int folder, const char *name, struct linux_file *out) {
  struct stat s;
  int result = AGAIN(fstatat(folder, name, &s, AT_SYMLINK_NOFOLLOW));
  if (result >= 0) fill(out, &s);
  return result;
}

int linux_status(int descriptor, struct linux_file *out) {
  struct stat s;
  int result = AGAIN(fstat(descriptor, &s));
  if (result >= 0) fill(out, &s);
  return result;
}

int64_t linux_list(int descriptor, void *buffer, size_t size) {
  return AGAIN((int64_t)syscall(SYS_getdents64, descriptor, buffer, size));
}

int linux_rename_noreplace(int from, const char *old_name, int to, const char *new_name) {
  return AGAIN(renameat2(from, old_name, to, new_name, RENAME_NOREPLACE));
}

int linux_rename(int from, const char *old_name, int to, const char *new_name) {
  return AGAIN(renameat(from, old_name, to, new_name));
}

int linux_unlink_at(int folder, const char *name) { return AGAIN(unlinkat(folder, name, 0)); }

int linux_make_folder_at(int folder, const char *name, unsigned mode) {
  return AGAIN(mkdirat(folder, name, mode));
}

// Not made again after a failure: the kernel has dropped the pages and would answer 0.
int linux_sync(int descriptor) { return fsync(descriptor) < 0 ? -errno : 0; }

// What it cannot do is no harm: linux_sync does it all, and says so when it cannot.
void linux_start_sync(int descriptor) { sync_file_range(descriptor, 0, 0, SYNC_FILE_RANGE_WRITE); }

int64_t linux_read(int descriptor, void *buffer, size_t size) {
  return AGAIN((int64_t)read(descriptor, buffer, size));
}

int64_t linux_read_at(int descriptor, void *buffer, size_t size, int64_t offset) {
  size_t done = 0;
  while (done < size) {
    int64_t n = AGAIN((int64_t)pread(descriptor, (char *)buffer + done, size - done, offset + done));
    if (n < 0) return n;
    if (n == 0) break;
    done += n;
  }
  return done;
}

int64_t linux_copy(int from, int to) {
  char buffer[1 << 16];
  int64_t total = 0;
  for (;;) {
    int64_t n = AGAIN((int64_t)pread(from, buffer, sizeof buffer, total));
    if (n < 0) return n;
    if (n == 0) return total;
    for (int64_t done = 0; done < n;) {
      int64_t written = AGAIN((int64_t)write(to, buffer + done, n - done));
      if (written < 0) return written;
      done += written;
    }
    total += n;
  }
}

int linux_take_read_lease(int descriptor) {
  if (fcntl(descriptor, F_SETSIG, SIGURG) < 0) return -errno;
  return AGAIN(fcntl(descriptor, F_SETLEASE, F_RDLCK));
}

int linux_release_lease(int descriptor) { return AGAIN(fcntl(descriptor, F_SETLEASE, F_UNLCK)); }

int linux_lease_held(int descriptor) {
  int kind = AGAIN(fcntl(descriptor, F_GETLEASE));
  return kind < 0 ? kind : kind == F_RDLCK;
}

int64_t linux_file_system(int descriptor) {
  struct statfs s;
  int result = AGAIN(fstatfs(descriptor, &s));
  return result < 0 ? result : (int64_t)(uint32_t)s.f_type;
}

const char *linux_error_name(int error) {
  const char *name = strerrorname_np(error);
  return name ? name : "E?";
}

int linux_inotify_open(void) { return AGAIN(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)); }

int linux_inotify_add(int inotify, const char *path, uint32_t mask) {
  return AGAIN(inotify_add_watch(inotify, path, mask));
}

int linux_inotify_remove(int inotify, int watch) { return AGAIN(inotify_rm_watch(inotify, watch)); }
