import AWSWire
import Foundation
import OCIImages

extension ECRService {
  /// What a client should send at once, as AWS says it: 10 MiB.
  private static let partSize = 10 << 20

  nonisolated func addLayers(to table: inout OperationTable) {
    table.on(ECR.BatchCheckLayerAvailabilityRequest.self) { request, _ in try await self.check(request) }
    table.on(ECR.InitiateLayerUploadRequest.self) { request, _ in
      _ = try await self.state.repository(request.repositoryName, registryID: request.registryId)
      return .init(uploadId: try await self.uploads.start(in: request.repositoryName), partSize: Self.partSize)
    }
    table.on(ECR.UploadLayerPartRequest.self) { request, _ in try await self.upload(request) }
    table.on(ECR.CompleteLayerUploadRequest.self) { request, _ in try await self.complete(request) }
    table.on(ECR.GetDownloadUrlForLayerRequest.self) { request, _ in
      let state = await self.state
      let repository = try state.repository(request.repositoryName, registryID: request.registryId)
      guard state.layer(repository.name, request.layerDigest) != nil else {
        throw AWSError(
          "LayersNotFoundException",
          "The layer with digest '\(request.layerDigest)' does not exist in the repository with name "
            + "'\(repository.name)' in the registry with id '\(state.registryID)'")
      }
      return .init(
        downloadUrl: "http://127.0.0.1:\(self.cloud.port)/v2/\(repository.name)/blobs/\(request.layerDigest)",
        layerDigest: request.layerDigest)
    }
  }

  private func check(
    _ request: ECR.BatchCheckLayerAvailabilityRequest
  ) throws -> ECR.BatchCheckLayerAvailabilityResponse {
    let repository = try state.repository(request.repositoryName, registryID: request.registryId)
    let valid = request.layerDigests.filter(Digest.isValid)
    return .init(
      layers: valid.map { digest in
        let layer = state.layer(repository.name, digest)
        return .init(
          layerDigest: digest, layerAvailability: layer == nil ? "UNAVAILABLE" : "AVAILABLE", layerSize: layer?.size)
      },
      failures: request.layerDigests.filter { !Digest.isValid($0) }.map {
        .init(
          layerDigest: $0, failureCode: "InvalidLayerDigest",
          failureReason: "Invalid request parameters: layer digest should be sha256: and 64 hexadecimal digits")
      })
  }

  private func upload(_ request: ECR.UploadLayerPartRequest) async throws -> ECR.UploadLayerPartResponse {
    let repository = try state.repository(request.repositoryName, registryID: request.registryId)
    guard request.partFirstByte >= 0, request.partLastByte - request.partFirstByte + 1 == request.layerPartBlob.count
    else {
      throw ECRError.layerPart(
        "The layer part has \(request.layerPartBlob.count) bytes, which are not those from \(request.partFirstByte) to "
          + "\(request.partLastByte)")
    }
    var writer = try await uploads.write(request.uploadId, in: repository.name, at: request.partFirstByte)
    do {
      try request.layerPartBlob.withUnsafeBytes { try writer.write($0) }
    } catch {
      await uploads.pause(request.uploadId, writer)
      throw error
    }
    await uploads.pause(request.uploadId, writer)
    return .init(
      registryId: cloud.accountID, repositoryName: repository.name, uploadId: request.uploadId,
      lastByteReceived: writer.size - 1)
  }

  private func complete(_ request: ECR.CompleteLayerUploadRequest) async throws -> ECR.CompleteLayerUploadResponse {
    let repository = try state.repository(request.repositoryName, registryID: request.registryId)
    let place = state.place(repository.name)
    guard try await uploads.size(request.uploadId, in: repository.name) > 0 else {
      throw ECRError.emptyUpload(request.uploadId, place)
    }
    let writer = try await uploads.write(request.uploadId, in: repository.name)
    let digest = try await uploads.complete(request.uploadId, writer, digests: request.layerDigests)
    guard state.layer(repository.name, digest) == nil else { throw ECRError.layerExists(digest, place) }
    try await link(digest, to: repository.name)
    return .init(
      registryId: cloud.accountID, repositoryName: repository.name, uploadId: request.uploadId, layerDigest: digest)
  }
}
