import Glibc

/// The worker program: beside this one (a build folder), in `../libexec/shoubao` of it, or in `/usr/libexec/shoubao`.
/// `nil`: in none of them.
public func locateWorker() -> String? {
  var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
  let length = readlink("/proc/self/exe", &buffer, buffer.count)
  var folders = ["/usr/libexec/shoubao"]
  if length > 0 {
    let own = String(decoding: buffer[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
    let folder = String(own[..<(own.lastIndex(of: "/") ?? own.startIndex)])
    folders = [folder, folder + "/../libexec/shoubao"] + folders
  }
  return folders.lazy.map { $0 + "/shoubao-worker" }.first { access($0, X_OK) == 0 }
}
