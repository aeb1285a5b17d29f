#define _GNU_SOURCE
#include "CConfinement.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

// Names, not numbers: libseccomp knows which of them an architecture has.

/// Reading what is open, memory, time, chance, and the end.
static const char *const plain[] = {
    "read", "readv", "pread64", "preadv", "write", "writev", "close", "fstat", "lseek", "_llseek",
    "munmap", "mremap", "brk", "madvise", "futex", "futex_time64", "set_robust_list", "rseq",
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigreturn", "sigaltstack", "restart_syscall",
    "clock_gettime", "clock_gettime64", "clock_getres", "gettimeofday", "time", "getrandom",
    "getpid", "gettid", "getppid", "getuid", "geteuid", "getgid", "getegid", "sched_yield",
    "sched_getaffinity", "sysinfo", "uname", "exit", "exit_group",
};

/// What no parser has business with: whoever calls one of these is no parser any more.
static const char *const deadly[] = {
    "execve", "execveat", "fork", "vfork", "clone", "clone3",
    "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4",
    "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "pidfd_getfd", "kcmp",
    "mount", "umount2", "move_mount", "open_tree", "fsopen", "fsmount", "fsconfig", "fspick",
    "mount_setattr", "pivot_root", "chroot", "unshare", "setns", "bpf", "perf_event_open",
    "userfaultfd", "io_uring_setup", "io_uring_enter", "io_uring_register", "keyctl", "add_key",
    "request_key", "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load",
    "reboot", "swapon", "swapoff", "open_by_handle_at", "memfd_secret", "personality",
};

static const char *const opening[] = {"open", "openat", "openat2", "creat"};

static int every(scmp_filter_ctx filter, uint32_t action, const char *const names[], size_t count) {
  for (size_t index = 0; index < count; index++) {
    int call = seccomp_syscall_resolve_name(names[index]);
    // Newer than the library: what it does not know is refused like all else.
    if (call == __NR_SCMP_ERROR) continue;
    int error = seccomp_rule_add(filter, action, call, 0);
    // Not of this architecture.
    if (error && error != -EDOM) return error;
  }
  return 0;
}

#define EVERY(filter, action, names) every(filter, action, names, sizeof names / sizeof *names)
#define RULE(call, ...) \
  if (!error) error = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(call), \
      sizeof((struct scmp_arg_cmp[]){__VA_ARGS__}) / sizeof(struct scmp_arg_cmp), \
      (struct scmp_arg_cmp[]){__VA_ARGS__})

/// Calls whose arguments decide.
static int conditional(scmp_filter_ctx filter) {
  int error = 0;
  const uint64_t process = (uint64_t)getpid();
  // Memory that can be written never becomes code.
  RULE(mmap, SCMP_A2_32(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  RULE(mprotect, SCMP_A2_32(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  // The link to the daemon, which brings the documents.
  RULE(sendmsg, SCMP_A0_32(SCMP_CMP_EQ, STDIN_FILENO));
  RULE(recvmsg, SCMP_A0_32(SCMP_CMP_EQ, STDIN_FILENO));
  // fstat of glibc: a descriptor, no path.
  RULE(newfstatat, SCMP_A3_32(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH));
  // abort.
  RULE(tgkill, SCMP_A0_32(SCMP_CMP_EQ, process));
  // Asking for a limit, not setting one.
  RULE(prlimit64, SCMP_A2_64(SCMP_CMP_EQ, 0));
  RULE(fcntl, SCMP_A1_32(SCMP_CMP_EQ, F_GETFL));
  RULE(fcntl, SCMP_A1_32(SCMP_CMP_EQ, F_GETFD));
  RULE(fcntl, SCMP_A1_32(SCMP_CMP_EQ, F_SETFD));
  RULE(fcntl, SCMP_A1_32(SCMP_CMP_EQ, F_DUPFD_CLOEXEC));
  return error;
}

/// For reading only: no flag that creates, changes or follows what Landlock does not see.
static int allow_opening(scmp_filter_ctx filter) {
  int error = 0;
  const uint32_t harmless = O_CLOEXEC | O_DIRECTORY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | O_LARGEFILE;
  RULE(openat, SCMP_A2_32(SCMP_CMP_MASKED_EQ, ~harmless, O_RDONLY));
  if (!error) error = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(getdents64), 0);
  return error;
}

int confinement_filter_calls(int may_open) {
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
  if (filter == NULL) return -ENOMEM;
  // Other architectures' calls would go by other numbers.
  int error = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
  if (!error) error = EVERY(filter, SCMP_ACT_ALLOW, plain);
  if (!error) error = EVERY(filter, SCMP_ACT_KILL_PROCESS, deadly);
  if (!error) error = conditional(filter);
  if (!error && may_open) error = allow_opening(filter);
  if (!error && !may_open) error = EVERY(filter, SCMP_ACT_ERRNO(EACCES), opening);
  if (!error) error = seccomp_load(filter);
  seccomp_release(filter);
  return error;
}
