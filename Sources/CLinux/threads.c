#include "linux_threads.h"

#include <malloc.h>

void linux_release_memory(void) { malloc_trim(0); }

// Swift's libdispatch looks once a second, as long as the process lives, whether the threads of its pools all wait, and starts
// more of them then. Nothing here waits on such a thread (queues of their own have threads of their own), and an idle daemon
// must sleep. The program is linked with --wrap for these two calls, by which the pools have themselves looked at; without
// that option, or with another libdispatch, nobody calls what stands here.
void __wrap__dispatch_workq_worker_register(void *queue);
void __wrap__dispatch_workq_worker_unregister(void *queue);

void __wrap__dispatch_workq_worker_register(void *queue) { (void)queue; }
void __wrap__dispatch_workq_worker_unregister(void *queue) { (void)queue; }
