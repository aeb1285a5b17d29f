import CConfinement
import Glibc
public import WorkerLink

/// Closes the cage around this process, for ever. What is loaded later than this must come from `readable`.
///
/// The layers are independent of each other, and each closes what another leaves open: seccomp cannot read the path of a file,
/// Landlock says nothing of processes. Where one is not to be had the others are closed all the same, and the gap is told.
///
/// - Parameter readable: folders whose files may still be opened, for reading only, and only where Landlock is there to
///   hold it to them.
public func confine(readable: [String] = []) -> Cage {
  var cage = Cage()
  func close(_ layer: Cage.Layer, _ result: Int32) {
    if result < 0 { cage.gaps.append(Cage.Gap(layer, errno: -result)) }
  }
  close(.noNewPrivileges, confinement_no_new_privileges())
  close(.capabilities, confinement_drop_capabilities())
  close(.limits, confinement_set_limits(descriptorLimit))
  var folders = readable.map { UnsafePointer(strdup($0)) }
  let version = confinement_landlock(&folders, folders.count)
  for folder in folders { free(UnsafeMutablePointer(mutating: folder)) }
  close(.files, version)
  cage.landlock = Int(max(0, version))
  close(.calls, confinement_filter_calls(version > 0 && !readable.isEmpty ? 1 : 0))
  return cage
}

/// The standard ones, the document, and what a library has open at a time.
private let descriptorLimit: UInt32 = 16
