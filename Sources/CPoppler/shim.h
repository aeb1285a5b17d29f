// The target only brings the flags of pkg-config; CDocument includes Poppler's own headers itself.
