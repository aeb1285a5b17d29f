#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// Handing documents to another process and taking answers back.

/// socketpair(2): connected stream sockets, closed on exec.
int linux_socket_pair(int pair[2]);

/// Sends bytes without ever raising SIGPIPE; where `passed` is not negative, that descriptor goes with the first of
/// them. The number of bytes taken.
int64_t linux_send(int socket, const void *bytes, size_t length, int passed);

/// Receives bytes, and a descriptor (closed on exec) if one came with them, else -1 in `passed`. Further descriptors
/// are closed. Does not wait if `wait` is 0. 0 at the end.
int64_t linux_receive(int socket, void *bytes, size_t length, int wait, int *passed);

/// poll(2) for something to be read, or for the end of a process (its descriptor; -1: none). 1 there is something, or
/// the other end closed; 2 only the process ended; 0 the milliseconds are over. -EINTR goes to the caller, who knows the
/// deadline.
int linux_await(int socket, int process, int milliseconds);

/// pipe2(2), closed on exec, neither end ever waited for: what does not fit is lost to the writer, who goes on.
int linux_pipe(int ends[2]);

/// posix_spawn(3) in a process group of its own, `socket` as standard input, /dev/null as standard output, `words` as
/// standard error, no other descriptor of ours, every signal at its default and none blocked, and none of our
/// capabilities: the calling thread keeps its own, and stops passing them on. The process.
int linux_spawn(
    const char *path, char *const arguments[], char *const environment[], int socket, int words);

/// pidfd_open(2): becomes readable when the process ends.
int linux_process_descriptor(pid_t process);
/// waitpid(2), waiting: 0, and the status as the kernel has it.
int linux_reap(pid_t process, int *status);

/// Address space of another process in bytes; with it go core files and writing to files.
int linux_limit_memory(pid_t process, uint64_t bytes);
/// Ends another process with SIGXCPU once it has used so many seconds of processor time from now on.
int linux_limit_processor(pid_t process, uint64_t seconds);

/// Has the kernel kill this process when the thread that started it ends; -ESRCH where `parent` has ended already.
int linux_die_with_parent(pid_t parent);
