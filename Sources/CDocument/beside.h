#pragma once

/// Loads a library that lies beside the program; NULL where it does not, or lacks something that it needs itself.
void *shoubao_library_beside(const char *name);
