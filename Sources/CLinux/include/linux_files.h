#pragma once

#include <stddef.h>
#include <stdint.h>

/// What is known of a file; times in nanoseconds since 1970.
struct linux_file {
  uint64_t device;
  uint64_t inode;
  uint32_t mode;
  uint32_t owner;
  uint64_t links;
  int64_t size;
  int64_t modified;
  int64_t changed;
};

/// openat(2).
int linux_open_at(int folder, const char *name, int flags, unsigned mode);
/// The entry itself, a link not followed.
int linux_status_at(int folder, const char *name, struct linux_file *out);
int linux_status(int descriptor, struct linux_file *out);
/// The next entries of a folder as struct linux_dirent64 records, 0 at the end.
int64_t linux_list(int descriptor, void *buffer, size_t size);

/// renameat2(2) with RENAME_NOREPLACE.
int linux_rename_noreplace(int from, const char *old_name, int to, const char *new_name);
/// renameat(2): replaces what stands there.
int linux_rename(int from, const char *old_name, int to, const char *new_name);
int linux_unlink_at(int folder, const char *name);
int linux_make_folder_at(int folder, const char *name, unsigned mode);
int linux_sync(int descriptor);
/// Has the disk begin to write what a file holds, and does not wait. Of many files that are synced one by one after it has begun with all of
/// them, the first takes the others' places into its transaction.
void linux_start_sync(int descriptor);
/// Appends all that can be read from the one to the other; the number of bytes.
int64_t linux_copy(int from, int to);
/// pread(2), made again until the buffer is full or the file at its end.
int64_t linux_read_at(int descriptor, void *buffer, size_t size, int64_t offset);

/// A read lease: refused with EAGAIN while anybody has the file open, or mapped, for writing. A writer that comes later
/// is announced by SIGURG, which nobody needs and whose default is to be ignored; the usual SIGIO would end the process.
int linux_take_read_lease(int descriptor);
int linux_release_lease(int descriptor);
/// 1: held, and nobody waits to write. 0: not held, or a writer waits for it.
int linux_lease_held(int descriptor);

/// The type of the file system as statfs(2) numbers it.
int64_t linux_file_system(int descriptor);
/// The symbolic name of an error number, as `ENOSPC`; never NULL.
const char *linux_error_name(int error);

int linux_inotify_open(void);
int linux_inotify_add(int inotify, const char *path, uint32_t mask);
int linux_inotify_remove(int inotify, int watch);
int64_t linux_read(int descriptor, void *buffer, size_t size);
