#define _GNU_SOURCE
#include "CConfinement.h"

#include <errno.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

int confinement_no_new_privileges(void) {
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 ? 0 : -errno;
}

int confinement_drop_capabilities(void) {
  if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0) return -errno;
  // Refused to whoever lacks CAP_SETPCAP, who could not gain anything from the bounding set either.
  for (int capability = 0; prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; capability++)
    (void)prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
  struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct held[2];
  if (syscall(SYS_capget, &head, held) != 0) return -errno;
  uint32_t usable = 0, all = 0;
  for (int word = 0; word < 2; word++) {
    usable |= held[word].effective | held[word].permitted;
    all |= usable | held[word].inheritable;
  }
  if (all == 0) return 0;
  struct __user_cap_data_struct none[2] = {{0}};
  if (syscall(SYS_capset, &head, none) == 0) return 0;
  // The unit's filter refuses capset. What is inheritable alone serves only for running programs, and none is run.
  return usable == 0 ? 0 : -errno;
}

static int lower(__rlimit_resource_t resource, rlim_t value) {
  struct rlimit limit;
  if (getrlimit(resource, &limit) != 0) return -errno;
  if (limit.rlim_max < value) value = limit.rlim_max;
  limit.rlim_cur = limit.rlim_max = value;
  return setrlimit(resource, &limit) == 0 ? 0 : -errno;
}

int confinement_set_limits(uint32_t descriptors) {
  int error = lower(RLIMIT_CORE, 0);
  if (!error) error = lower(RLIMIT_FSIZE, 0);
  if (!error) error = lower(RLIMIT_NPROC, 0);
  if (!error) error = lower(RLIMIT_MEMLOCK, 0);
  if (!error) error = lower(RLIMIT_MSGQUEUE, 0);
  if (!error) error = lower(RLIMIT_NOFILE, descriptors);
  return error;
}
