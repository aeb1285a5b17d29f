// Runs as the service, behind its whole sandbox, and tries what the service must not be able to do: one line for each
// attempt, `refused NAME REASON` or `DONE NAME`. The last lines are what it must be able to do.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/personality.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void told(const char *name, long result) {
  if (result < 0) printf("refused %s %s\n", name, strerrorname_np(errno));
  else printf("DONE %s\n", name);
  fflush(stdout);
}
#define TRY(name, call) (errno = 0, told(name, (long)(call)))

static long make(const char *path) { return open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644); }

static long executable(int flags) {
  void *page = mmap(NULL, 4096, flags, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return page == MAP_FAILED ? -1 : 0;
}

static long made_executable(void) {
  void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return mprotect(page, 4096, PROT_READ | PROT_EXEC);
}

static long run(const char *path) {
  pid_t child = fork();
  if (child == 0) {
    execl(path, path, "-c", "exit 0", (char *)NULL);
    _exit(errno);
  }
  int status = 0;
  waitpid(child, &status, 0);
  errno = WEXITSTATUS(status);
  return errno ? -1 : 0;
}

int main(void) {
  if (getuid() == 0) return 2;  // Some of it would work.
  struct timespec now = {0, 0};
  TRY("internet-socket", socket(AF_INET, SOCK_STREAM, 0));
  TRY("internet6-socket", socket(AF_INET6, SOCK_DGRAM, 0));
  TRY("netlink-socket", socket(AF_NETLINK, SOCK_RAW, 0));
  TRY("packet-socket", socket(AF_PACKET, SOCK_RAW, 0));
  TRY("write-to-etc", make("/etc/shoubao-was-here"));
  TRY("write-own-settings", open("/etc/shoubao/shoubao.toml", O_WRONLY));
  TRY("write-to-usr", make("/usr/bin/shoubao-was-here"));
  TRY("write-own-program", open("/usr/bin/shoubao", O_WRONLY));
  TRY("write-to-root", make("/shoubao-was-here"));
  TRY("write-to-other-state", make("/var/lib/shoubao-was-here"));
  TRY("read-home", open("/home/clerk", O_RDONLY | O_DIRECTORY) < 0 ? -1 : open("/home/clerk/secret", O_RDONLY));
  TRY("read-shadow", open("/etc/shadow", O_RDONLY));
  TRY("writable-executable-memory", executable(PROT_READ | PROT_WRITE | PROT_EXEC));
  TRY("memory-made-executable", made_executable());
  TRY("user-namespace", unshare(CLONE_NEWUSER));
  TRY("mount-namespace", unshare(CLONE_NEWNS));
  TRY("network-namespace", unshare(CLONE_NEWNET));
  TRY("mount", mount("tmpfs", "/mnt", "tmpfs", 0, NULL));
  TRY("shell", run("/bin/sh"));
  TRY("set-user-0", setuid(0));
  TRY("set-user-id-file", fchmod(make("/var/lib/shoubao/probe-suid"), 04755));
  TRY("trace-init", ptrace(PTRACE_SEIZE, 1, 0, 0));
  TRY("see-init", open("/proc/1/environ", O_RDONLY));
  TRY("set-clock", clock_settime(CLOCK_REALTIME, &now));
  TRY("set-host-name", sethostname("x", 1));
  TRY("kernel-log", open("/dev/kmsg", O_RDONLY));
  TRY("kernel-setting", open("/proc/sys/kernel/core_pattern", O_WRONLY));
  TRY("control-group", make("/sys/fs/cgroup/shoubao-was-here/x"));
  TRY("device-node", mknod("/var/lib/shoubao/probe-node", S_IFBLK | 0600, 0x801));
  TRY("kernel-module", syscall(SYS_finit_module, -1, "", 0));
  TRY("bpf", syscall(SYS_bpf, 0, NULL, 0));
  TRY("perf", syscall(SYS_perf_event_open, NULL, 0, -1, -1, 0));
  TRY("key", syscall(SYS_add_key, "user", "x", "y", 1, KEY_SPEC_PROCESS_KEYRING));
  TRY("personality", personality(ADDR_NO_RANDOMIZE));
  TRY("real-time", sched_setscheduler(0, SCHED_FIFO, &(struct sched_param){.sched_priority = 1}));
  TRY("root-directory", chroot("/var/lib/shoubao"));
  TRY("reboot", syscall(SYS_reboot, 0, 0, 0, NULL));
  TRY("may-write-state", make("/var/lib/shoubao/probe"));
  TRY("may-write-spool", make("/var/spool/shoubao/work/probe"));
  TRY("may-read-settings", open("/etc/shoubao/shoubao.toml", O_RDONLY));
  TRY("may-use-local-sockets", socket(AF_UNIX, SOCK_DGRAM, 0));
  unlink("/var/lib/shoubao/probe");
  unlink("/var/lib/shoubao/probe-suid");
  unlink("/var/spool/shoubao/work/probe");
  return 0;
}
