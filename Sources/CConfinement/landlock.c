#define _GNU_SOURCE
#include "CConfinement.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

// What headers older than the kernel do not name; the numbers are the kernel's interface and never change.
#define FS_TRUNCATE (1ULL << 14)
#define FS_IOCTL_DEV (1ULL << 15)
#define NET_TCP ((1ULL << 0) | (1ULL << 1))
#define SCOPE_SOCKETS_AND_SIGNALS ((1ULL << 0) | (1ULL << 1))

/// struct landlock_ruleset_attr of the newest version known here; older kernels take its beginning.
struct ruleset {
  uint64_t files;
  uint64_t network;
  uint64_t scoped;
};

/// Every right to files that a version knows, so that none is left out.
static uint64_t file_rights(int version) {
  uint64_t rights = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;
  if (version >= 2) rights |= LANDLOCK_ACCESS_FS_REFER;
  if (version >= 3) rights |= FS_TRUNCATE;
  if (version >= 5) rights |= FS_IOCTL_DEV;
  return rights;
}

static int allow_reading(int rules, const char *folder) {
  struct landlock_path_beneath_attr below = {
      .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
      .parent_fd = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC)};
  if (below.parent_fd < 0) return errno == ENOENT ? 0 : -errno;
  long result = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &below, 0);
  int error = result < 0 ? -errno : 0;
  close(below.parent_fd);
  return error;
}

int confinement_landlock(const char *const folders[], size_t count) {
  int version = (int)syscall(
      SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (version < 0) return -errno;
  struct ruleset wanted = {.files = file_rights(version)};
  size_t size = sizeof wanted.files;
  if (version >= 4) {
    wanted.network = NET_TCP;
    size = offsetof(struct ruleset, scoped);
  }
  if (version >= 6) {
    wanted.scoped = SCOPE_SOCKETS_AND_SIGNALS;
    size = sizeof wanted;
  }
  int rules = (int)syscall(SYS_landlock_create_ruleset, &wanted, size, 0);
  if (rules < 0) return -errno;
  int error = 0;
  for (size_t index = 0; index < count && error == 0; index++)
    error = allow_reading(rules, folders[index]);
  if (error == 0 && syscall(SYS_landlock_restrict_self, rules, 0) < 0) error = -errno;
  close(rules);
  return error ? error : version;
}
