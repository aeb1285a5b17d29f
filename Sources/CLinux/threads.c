#define _GNU_SOURCE
#include "linux_threads.h"

#include <link.h>
#include <malloc.h>
#include <stdint.h>
#include <sys/mman.h>

static int drop_code(struct dl_phdr_info *object, size_t size, void *context) {
  (void)size;
  (void)context;
  for (int i = 0; i < object->dlpi_phnum; i++) {
    const ElfW(Phdr) *part = &object->dlpi_phdr[i];
    if (part->p_type != PT_LOAD || (part->p_flags & PF_W) != 0) continue;
    // Read-only pages of a file: what is needed again comes back from the page cache.
    const uintptr_t begin = (object->dlpi_addr + part->p_vaddr) & ~(uintptr_t)4095;
    const uintptr_t end = (object->dlpi_addr + part->p_vaddr + part->p_memsz) & ~(uintptr_t)4095;
    if (end > begin) madvise((void *)begin, end - begin, MADV_DONTNEED);
  }
  // The program comes first; the libraries are other programs' too.
  return 1;
}

void linux_release_memory(void) {
  malloc_trim(0);
  dl_iterate_phdr(drop_code, NULL);
}

void linux_share_memory(void) { mallopt(M_ARENA_MAX, 1); }

// Swift's libdispatch looks once a second, as long as the process lives, whether the threads of its pools all wait, and starts
// more of them then. Nothing here waits on such a thread (queues of their own have threads of their own), and an idle daemon
// must sleep. The program is linked with --wrap for these two calls, by which the pools have themselves looked at; without
// that option, or with another libdispatch, nobody calls what stands here.
void __wrap__dispatch_workq_worker_register(void *queue);
void __wrap__dispatch_workq_worker_unregister(void *queue);

void __wrap__dispatch_workq_worker_register(void *queue) { (void)queue; }
void __wrap__dispatch_workq_worker_unregister(void *queue) { (void)queue; }
