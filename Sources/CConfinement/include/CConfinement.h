// The layers of the cage that a process closes around itself; each answers 0 or more, or -errno. None can be undone,
// and all hold for whatever the process would start.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// No program that is run could gain rights; Landlock and seccomp want this first.
int confinement_no_new_privileges(void);

/// Gives up every capability, those of the superuser too, and the right to get one back.
int confinement_drop_capabilities(void);

/// No files are written, no processes made, no core written, and at most so many descriptors open.
int confinement_set_limits(uint32_t descriptors);

/// Landlock: no file may be opened but those below the folders given, and they only for reading; no TCP, no signals and
/// abstract sockets beyond the process where the kernel knows of them. A folder that is not there is left out.
/// The version of Landlock; -ENOSYS or -EOPNOTSUPP: the kernel has none.
int confinement_landlock(const char *const folders[], size_t count);

/// seccomp: only calls that reading bytes from memory needs. What nothing harmless would try (programs, processes,
/// sockets, tracing, mounts) ends the process; all else fails with EPERM, and opening with EACCES, so that a library
/// that looks for something does without it.
/// - may_open: whether files may be opened for reading; only where Landlock says which.
int confinement_filter_calls(int may_open);
