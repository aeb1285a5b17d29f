// Stands between shoubao and glibc (LD_PRELOAD) and makes system calls fail, or the process die, or writes what was
// done into a record from which a power cut is rebuilt. Never installed; the product has no hook for it.
//
// Which call is meant is said by a signature and an occurrence: `rename work/#`, the 3rd. A signature is the call and the
// path below the root, with numbers and digests blotted out, so that it means the same step in every run. What
// lies outside the root is left alone.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

// Shared with the driver, which writes it before the start and may disarm it while the process runs.
enum mode { OFF, LIST, FAIL, KILL_BEFORE, KILL_AFTER, KILL_TORN, SHORT, RECORD };
struct control {
  uint32_t mode;
  uint32_t first;    // occurrence of the signature, from 1
  uint32_t last;     // FAIL and SHORT: to this one, inclusive
  int32_t error;     // FAIL: errno
  uint32_t hits;     // how often it happened
  uint32_t met;      // how often the signature came
  int64_t clock;     // seconds added to the time of day, in every mode
  char signature[200];
};
static struct control *control;

static char root[512];
static size_t root_length;
static int record = -1;
static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

// The kernel without glibc: nothing here may meet itself.
static long raw(long n, long a, long b, long c, long d, long e, long f) {
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  register long r9 __asm__("r9") = f;
  long result;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
}
static long as_errno(long result) {
  if (result < 0 && result > -4096) {
    errno = -result;
    return -1;
  }
  return result;
}

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("SHIM_CONTROL"), *place = getenv("SHIM_ROOT"), *file = getenv("SHIM_RECORD");
  if (!path || !place || strcmp(program_invocation_short_name, "shoubao")) return;
  int fd = raw(SYS_openat, AT_FDCWD, (long)path, O_RDWR | O_CLOEXEC, 0, 0, 0);
  if (fd < 0) return;
  void *map = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  raw(SYS_close, fd, 0, 0, 0, 0, 0);
  if (map == MAP_FAILED) return;
  root_length = strlen(place);
  memcpy(root, place, root_length + 1);
  if (file) record = raw(SYS_openat, AT_FDCWD, (long)file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600, 0, 0);
  control = map;
}

// --- signatures ---------------------------------------------------------------

// Digits and hexadecimal runs of 8 and more, and the two digits of an archive folder, become #.
static void blot(const char *path, char *out, size_t room) {
  size_t n = 0;
  for (const char *p = path; *p && n + 2 < room;) {
    size_t hex = strspn(p, "0123456789abcdef"), digits = strspn(p, "0123456789");
    int start = p == path || p[-1] == '/' || p[-1] == '-';
    int whole = p[hex] == 0 || p[hex] == '/' || p[hex] == ' ';
    if (start && ((hex >= 8 && whole) || (hex == 2 && whole && p != path) || (digits > 0 && (p[digits] == 0 || p[digits] == '/')))) {
      out[n++] = '#';
      p += hex >= digits ? hex : digits;
    } else {
      out[n++] = *p++;
    }
  }
  out[n] = 0;
}

// The absolute path of a descriptor.
static int path_of(int fd, char *out, size_t room) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  long n = raw(SYS_readlinkat, AT_FDCWD, (long)link, (long)out, room - 1, 0, 0);
  if (n < 0) return 0;
  out[n] = 0;
  return 1;
}

// The absolute path of a name beside a descriptor.
static int path_at(int fd, const char *name, char *out, size_t room) {
  if (name[0] == '/') {
    snprintf(out, room, "%s", name);
    return 1;
  }
  char folder[1024];
  if (fd == AT_FDCWD) {
    if (raw(SYS_getcwd, (long)folder, sizeof folder, 0, 0, 0, 0) < 0) return 0;
  } else if (!path_of(fd, folder, sizeof folder)) {
    return 0;
  }
  snprintf(out, room, "%s/%s", folder, name);
  return 1;
}

// The part below the root; NULL outside.
static const char *below(const char *path) {
  if (strncmp(path, root, root_length) || (path[root_length] && path[root_length] != '/')) return NULL;
  return path[root_length] ? path + root_length + 1 : ".";
}

// --- counting -------------------------------------------------------------------

struct seen { char name[200]; uint32_t count; };
static struct seen table[1024];

static uint32_t count(const char *name) {
  uint32_t h = 2166136261u;
  for (const char *p = name; *p; p++) h = (h ^ (uint8_t)*p) * 16777619u;
  for (uint32_t i = 0; i < 1024; i++) {
    struct seen *s = &table[(h + i) % 1024];
    if (!s->name[0]) snprintf(s->name, sizeof s->name, "%s", name);
    if (!strcmp(s->name, name)) return ++s->count;
  }
  return 0;
}

enum verdict { PASS, REFUSE, HALF, DIE_AFTER, DIE_TORN };

// `path` is absolute, or a word for what has no path.
static enum verdict meet(const char *call, const char *path, int outside) {
  if (!control || control->mode == OFF || control->mode == RECORD) return PASS;
  const char *inner = outside ? path : below(path);
  if (!inner) return PASS;
  int saved = errno;
  char blotted[160], name[200];
  blot(inner, blotted, sizeof blotted);
  snprintf(name, sizeof name, "%s %s", call, blotted);
  pthread_mutex_lock(&lock);
  uint32_t nth = count(name);
  enum verdict verdict = PASS;
  uint32_t mode = control->mode;
  if (mode == LIST) {
    char line[240];
    int n = snprintf(line, sizeof line, "%s\n", name);
    if (record >= 0) raw(SYS_write, record, (long)line, n, 0, 0, 0);
  } else if (!strcmp(name, control->signature)) {
    control->met = nth;
    if ((mode == FAIL || mode == SHORT) && nth >= control->first && nth <= control->last) {
      control->hits++;
      verdict = mode == FAIL ? REFUSE : HALF;
    } else if (nth == control->first && mode >= KILL_BEFORE && mode <= KILL_TORN) {
      control->hits++;
      if (mode == KILL_BEFORE) raw(SYS_kill, getpid(), SIGKILL, 0, 0, 0, 0);
      verdict = mode == KILL_AFTER ? DIE_AFTER : DIE_TORN;
    }
  }
  pthread_mutex_unlock(&lock);
  errno = verdict == REFUSE ? control->error : saved;
  return verdict;
}

static enum verdict meet_fd(const char *call, int fd) {
  if (!control || control->mode == OFF || control->mode == RECORD) return PASS;
  char path[1024];
  if (!path_of(fd, path, sizeof path)) return PASS;
  if (!strncmp(path, "anon_inode:inotify", 18) || !strncmp(path, "anon_inode:[inotify", 18)) return meet(call, "inotify", 1);
  return meet(call, path, 0);
}

static enum verdict meet_at(const char *call, int fd, const char *name) {
  if (!control || control->mode == OFF || control->mode == RECORD) return PASS;
  char path[1536];
  if (!path_at(fd, name, path, sizeof path)) return PASS;
  return meet(call, path, 0);
}

static void after(enum verdict verdict) {
  if (verdict == DIE_AFTER || verdict == DIE_TORN) raw(SYS_kill, getpid(), SIGKILL, 0, 0, 0, 0);
}

// --- the record -------------------------------------------------------------------

static int recording(void) { return control && control->mode == RECORD && record >= 0; }

static uint64_t inode_of(int fd) {
  struct stat s;
  return raw(SYS_fstat, fd, (long)&s, 0, 0, 0, 0) < 0 ? 0 : s.st_ino;
}

// One line, tab-separated, and the bytes: what, inode, first path, second path, offset, count of bytes.
static void note(const char *what, uint64_t inode, const char *one, const char *two, int64_t offset,
                 const void *bytes, size_t size) {
  char line[3200];
  int n = snprintf(line, sizeof line, "%s\t%llu\t%s\t%s\t%lld\t%zu\n", what, (unsigned long long)inode, one ? one : "",
                   two ? two : "", (long long)offset, size);
  raw(SYS_write, record, (long)line, n, 0, 0, 0);
  for (size_t done = 0; done < size;) {
    long m = raw(SYS_write, record, (long)bytes + done, size - done, 0, 0, 0);
    if (m <= 0) break;
    done += m;
  }
}

// --- the calls ----------------------------------------------------------------------

static int open_(const char *call, int folder, const char *name, int flags, mode_t mode) {
  const char *what = flags & O_CREAT ? "create" : "open";
  (void)call;
  enum verdict v = meet_at(what, folder, name);
  if (v == REFUSE) return -1;
  if (!recording() || !(flags & (O_CREAT | O_TRUNC))) {
    int result = as_errno(raw(SYS_openat, folder, (long)name, flags, mode, 0, 0));
    after(v);
    return result;
  }
  char path[1536];
  path_at(folder, name, path, sizeof path);
  pthread_mutex_lock(&lock);
  long existed = raw(SYS_faccessat, folder, (long)name, F_OK, 0, 0, 0);
  long fd = raw(SYS_openat, folder, (long)name, flags, mode, 0, 0);
  const char *inner = below(path);
  if (fd >= 0 && inner && existed < 0) {
    struct stat s;
    raw(SYS_fstat, fd, (long)&s, 0, 0, 0, 0);
    note("create", s.st_ino, inner, "", s.st_mode, NULL, 0);
  } else if (fd >= 0 && inner && (flags & O_TRUNC)) {
    note("truncate", inode_of(fd), "", "", 0, NULL, 0);
  }
  pthread_mutex_unlock(&lock);
  return as_errno(fd);
}

#define MODE(flags)                         \
  mode_t mode = 0;                          \
  if ((flags) & (O_CREAT | O_TMPFILE)) {    \
    va_list list;                           \
    va_start(list, flags);                  \
    mode = va_arg(list, mode_t);            \
    va_end(list);                           \
  }
int open(const char *name, int flags, ...) { MODE(flags) return open_("open", AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) { MODE(flags) return open_("open", AT_FDCWD, name, flags, mode); }
int openat(int folder, const char *name, int flags, ...) { MODE(flags) return open_("open", folder, name, flags, mode); }
int openat64(int folder, const char *name, int flags, ...) { MODE(flags) return open_("open", folder, name, flags, mode); }

static ssize_t write_(const char *call, int fd, const void *bytes, size_t size, int64_t offset) {
  enum verdict v = fd > 2 ? meet_fd(call, fd) : PASS;
  if (v == REFUSE) return -1;
  size_t wanted = (v == HALF || v == DIE_TORN) && size > 1 ? size / 2 : size;
  if (!recording() || fd <= 2) {
    long result = offset < 0 ? raw(SYS_write, fd, (long)bytes, wanted, 0, 0, 0)
                             : raw(SYS_pwrite64, fd, (long)bytes, wanted, offset, 0, 0);
    after(v);
    return as_errno(result);
  }
  char path[1024];
  pthread_mutex_lock(&lock);
  int64_t place = offset < 0 ? raw(SYS_lseek, fd, 0, SEEK_CUR, 0, 0, 0) : offset;
  long result = offset < 0 ? raw(SYS_write, fd, (long)bytes, wanted, 0, 0, 0)
                           : raw(SYS_pwrite64, fd, (long)bytes, wanted, offset, 0, 0);
  if (result > 0 && path_of(fd, path, sizeof path) && below(path)) note("write", inode_of(fd), "", "", place, bytes, result);
  pthread_mutex_unlock(&lock);
  return as_errno(result);
}
ssize_t write(int fd, const void *bytes, size_t size) { return write_("write", fd, bytes, size, -1); }
ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset) { return write_("pwrite", fd, bytes, size, offset); }
ssize_t pwrite64(int fd, const void *bytes, size_t size, off_t offset) { return write_("pwrite", fd, bytes, size, offset); }

static ssize_t read_(const char *call, int fd, void *bytes, size_t size, int64_t offset) {
  enum verdict v = fd > 2 ? meet_fd(call, fd) : PASS;
  if (v == REFUSE) return -1;
  if (v == HALF && size > 1) size /= 2;
  long result = offset < 0 ? raw(SYS_read, fd, (long)bytes, size, 0, 0, 0) : raw(SYS_pread64, fd, (long)bytes, size, offset, 0, 0);
  after(v);
  return as_errno(result);
}
ssize_t read(int fd, void *bytes, size_t size) { return read_("read", fd, bytes, size, -1); }
ssize_t pread(int fd, void *bytes, size_t size, off_t offset) { return read_("pread", fd, bytes, size, offset); }
ssize_t pread64(int fd, void *bytes, size_t size, off_t offset) { return read_("pread", fd, bytes, size, offset); }

static int sync_(const char *call, long number, int fd) {
  enum verdict v = meet_fd(call, fd);
  if (v == REFUSE) return -1;
  char path[1024];
  pthread_mutex_lock(&lock);
  long result = raw(number, fd, 0, 0, 0, 0, 0);
  if (result == 0 && recording() && path_of(fd, path, sizeof path) && below(path)) {
    struct stat s;
    raw(SYS_fstat, fd, (long)&s, 0, 0, 0, 0);
    note(S_ISDIR(s.st_mode) ? "sync-folder" : "sync", s.st_ino, below(path), "", 0, NULL, 0);
  }
  pthread_mutex_unlock(&lock);
  after(v);
  return as_errno(result);
}
int fsync(int fd) { return sync_("fsync", SYS_fsync, fd); }
int fdatasync(int fd) { return sync_("fdatasync", SYS_fdatasync, fd); }

static int rename_(int from, const char *old, int to, const char *name, unsigned flags) {
  enum verdict v = meet_at("rename", to, name);
  if (v == REFUSE) return -1;
  char one[1536], two[1536];
  int known = recording() && path_at(from, old, one, sizeof one) && path_at(to, name, two, sizeof two);
  pthread_mutex_lock(&lock);
  long result = raw(SYS_renameat2, from, (long)old, to, (long)name, flags, 0);
  if (result == 0 && known && below(one) && below(two)) note("rename", 0, below(one), below(two), 0, NULL, 0);
  pthread_mutex_unlock(&lock);
  after(v);
  return as_errno(result);
}
int rename(const char *old, const char *name) { return rename_(AT_FDCWD, old, AT_FDCWD, name, 0); }
int renameat(int from, const char *old, int to, const char *name) { return rename_(from, old, to, name, 0); }
int renameat2(int from, const char *old, int to, const char *name, unsigned flags) { return rename_(from, old, to, name, flags); }

static int unlink_(int folder, const char *name, int flags) {
  enum verdict v = meet_at("unlink", folder, name);
  if (v == REFUSE) return -1;
  char path[1536];
  int known = recording() && path_at(folder, name, path, sizeof path);
  pthread_mutex_lock(&lock);
  long result = raw(SYS_unlinkat, folder, (long)name, flags, 0, 0, 0);
  if (result == 0 && known && below(path)) note("unlink", 0, below(path), "", 0, NULL, 0);
  pthread_mutex_unlock(&lock);
  after(v);
  return as_errno(result);
}
int unlink(const char *name) { return unlink_(AT_FDCWD, name, 0); }
int unlinkat(int folder, const char *name, int flags) { return unlink_(folder, name, flags); }

static int mkdir_(int folder, const char *name, mode_t mode) {
  enum verdict v = meet_at("mkdir", folder, name);
  if (v == REFUSE) return -1;
  char path[1536];
  int known = recording() && path_at(folder, name, path, sizeof path);
  pthread_mutex_lock(&lock);
  long result = raw(SYS_mkdirat, folder, (long)name, mode, 0, 0, 0);
  if (result == 0 && known && below(path)) note("mkdir", 0, below(path), "", mode, NULL, 0);
  pthread_mutex_unlock(&lock);
  after(v);
  return as_errno(result);
}
int mkdir(const char *name, mode_t mode) { return mkdir_(AT_FDCWD, name, mode); }
int mkdirat(int folder, const char *name, mode_t mode) { return mkdir_(folder, name, mode); }

static int truncate_(int fd, off_t size) {
  enum verdict v = meet_fd("ftruncate", fd);
  if (v == REFUSE) return -1;
  char path[1024];
  pthread_mutex_lock(&lock);
  long result = raw(SYS_ftruncate, fd, size, 0, 0, 0, 0);
  if (result == 0 && recording() && path_of(fd, path, sizeof path) && below(path)) note("truncate", inode_of(fd), "", "", size, NULL, 0);
  pthread_mutex_unlock(&lock);
  after(v);
  return as_errno(result);
}
int ftruncate(int fd, off_t size) { return truncate_(fd, size); }
int ftruncate64(int fd, off_t size) { return truncate_(fd, size); }

int fchmod(int fd, mode_t mode) {
  enum verdict v = meet_fd("fchmod", fd);
  if (v == REFUSE) return -1;
  return as_errno(raw(SYS_fchmod, fd, mode, 0, 0, 0, 0));
}

// Through glibc's own, whose structures differ from the kernel's.
#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
int fstat(int fd, struct stat *out) {
  static __typeof__(&fstat) next;
  if (!next) next = NEXT(fstat);
  return meet_fd("fstat", fd) == REFUSE ? -1 : next(fd, out);
}
int fstat64(int fd, struct stat64 *out) {
  static __typeof__(&fstat64) next;
  if (!next) next = NEXT(fstat64);
  return meet_fd("fstat", fd) == REFUSE ? -1 : next(fd, out);
}
int fstatat(int folder, const char *name, struct stat *out, int flags) {
  static __typeof__(&fstatat) next;
  if (!next) next = NEXT(fstatat);
  return meet_at("stat", folder, name) == REFUSE ? -1 : next(folder, name, out, flags);
}

static int control_(int fd, int what, long argument) {
  const char *call = what == F_SETLEASE ? "lease" : what == F_SETLK || what == F_SETLKW ? "lock" : NULL;
  enum verdict v = call ? meet_fd(call, fd) : PASS;
  if (v == REFUSE) return -1;
  long result = raw(SYS_fcntl, fd, what, argument, 0, 0, 0);
  after(v);
  return as_errno(result);
}
#define ARGUMENT            \
  va_list list;             \
  va_start(list, what);     \
  long argument = va_arg(list, long); \
  va_end(list);
int fcntl(int fd, int what, ...) { ARGUMENT return control_(fd, what, argument); }
int fcntl64(int fd, int what, ...) { ARGUMENT return control_(fd, what, argument); }
int flock(int fd, int what) { return meet_fd("flock", fd) == REFUSE ? -1 : as_errno(raw(SYS_flock, fd, what, 0, 0, 0, 0)); }

void *mmap64(void *address, size_t size, int protection, int flags, int fd, off_t offset) {
  if (fd >= 0 && meet_fd("mmap", fd) == REFUSE) return MAP_FAILED;
  return (void *)as_errno(raw(SYS_mmap, (long)address, size, protection, flags, fd, offset));
}

// Only getdents64 has no function of its own that the daemon would use.
long syscall(long number, ...) {
  va_list list;
  va_start(list, number);
  long a = va_arg(list, long), b = va_arg(list, long), c = va_arg(list, long), d = va_arg(list, long),
       e = va_arg(list, long), f = va_arg(list, long);
  va_end(list);
  enum verdict v = number == SYS_getdents64 ? meet_fd("getdents", a) : PASS;
  if (v == REFUSE) return -1;
  long result = raw(number, a, b, c, d, e, f);
  after(v);
  return as_errno(result);
}

int inotify_init1(int flags) {
  enum verdict v = meet("inotify_init", "inotify", 1);
  return v == REFUSE ? -1 : (int)as_errno(raw(SYS_inotify_init1, flags, 0, 0, 0, 0, 0));
}
int inotify_add_watch(int fd, const char *path, uint32_t mask) {
  enum verdict v = meet("inotify_add", "inotify", 1);
  if (v == REFUSE) return -1;
  long result = raw(SYS_inotify_add_watch, fd, (long)path, mask, 0, 0, 0);
  after(v);
  return as_errno(result);
}
int socketpair(int domain, int type, int protocol, int pair[2]) {
  return meet("socketpair", "worker", 1) == REFUSE ? -1 : (int)as_errno(raw(SYS_socketpair, domain, type, protocol, (long)pair, 0, 0));
}
int pipe2(int ends[2], int flags) {
  return meet("pipe", "worker", 1) == REFUSE ? -1 : (int)as_errno(raw(SYS_pipe2, (long)ends, flags, 0, 0, 0, 0));
}
ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  enum verdict v = meet("sendmsg", "worker", 1);
  if (v == REFUSE) return -1;
  long result = raw(SYS_sendmsg, fd, (long)message, flags, 0, 0, 0);
  after(v);
  return as_errno(result);
}
ssize_t recvmsg(int fd, struct msghdr *message, int flags) {
  enum verdict v = meet("recvmsg", "worker", 1);
  if (v == REFUSE) return -1;
  long result = raw(SYS_recvmsg, fd, (long)message, flags, 0, 0, 0);
  after(v);
  return as_errno(result);
}
int posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes,
                char *const arguments[], char *const environment[]) {
  static __typeof__(&posix_spawn) next;
  if (!next) next = NEXT(posix_spawn);
  enum verdict v = meet("spawn", "worker", 1);
  if (v == REFUSE) return control->error;
  int result = next(pid, path, actions, attributes, arguments, environment);
  after(v);
  return result;
}

// libdispatch gives its threads attributes, threads of our own have none.
int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *argument) {
  static __typeof__(&pthread_create) next;
  if (!next) next = NEXT(pthread_create);
  enum verdict v = meet("thread", attributes ? "pool" : "own", 1);
  if (v == REFUSE) return control->error;
  int result = next(thread, attributes, run, argument);
  after(v);
  return result;
}

int clock_gettime(clockid_t clock, struct timespec *out) {
  static __typeof__(&clock_gettime) next;
  if (!next) next = NEXT(clock_gettime);
  int result = next(clock, out);
  if (result == 0 && clock == CLOCK_REALTIME && control) out->tv_sec += control->clock;
  return result;
}
