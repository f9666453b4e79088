import Foundation
import Hummingbird
import ServiceLifecycle

/// Everything that one local cloud consists of, wired together and restored from its store.
struct Composition {
  /// The routes of the front door.
  let router: Router<BasicRequestContext>
  /// What runs as long as the cloud, in the order of starting; the end goes backwards.
  let services: [any Service]

  init(context: CloudContext) async throws {
    let store = try Store(directory: context.stateDirectory)
    let logs = try await LogsService(context: context, store: store)
    let frontDoor = FrontDoor(
      context: context, tables: [STSService(cloud: context).operations(), logs.operations()],
      signatures: .reading)
    router = frontDoor.router()
    services = [ShutdownStep { try store.close() }, logs]
  }
}
