import AWSWire
import Foundation
import OCIImages
import ServiceLifecycle

// Scans of images: asked for by clients and by pushes, done one after the other while the service runs.
extension ECRService {
  nonisolated func addScans(to table: inout OperationTable) {
    table.on(ECR.StartImageScanRequest.self) { request, _ in
      let image = try await self.scannedImage(request.imageId, request.repositoryName, request.registryId)
      try await self.requestScan(of: image)
      return .init(
        registryId: self.cloud.accountID, repositoryName: image.repository,
        imageId: .init(imageDigest: image.digest, imageTag: request.imageId.imageTag),
        imageScanStatus: .init(status: "IN_PROGRESS"))
    }
    table.on(ECR.DescribeImageScanFindingsRequest.self) { request, _ in try await self.describe(request) }
  }

  private func scannedImage(
    _ id: ECR.ImageIdentifier, _ repository: String, _ registryID: String?
  ) throws -> ImageRecord {
    _ = try state.repository(repository, registryID: registryID)
    do throws(ECRState.ImageFault) {
      return try state.image(id, in: repository)
    } catch {
      throw ECRError.imageNotFound(id, state.place(repository))
    }
  }

  /// AWS scans an image once a day; one whose scan failed for want of a scanner can be tried again once there is one.
  private func requestScan(of image: ImageRecord) async throws {
    let key = ECRState.key(image.repository, image.digest)
    let (now, day, hasScanner) = (cloud.time.now(), dayLength, scanner != nil)
    try await change { state in
      if let last = state.scans[key], now.timeIntervalSince(last.requestedAt) < day,
        last.failure == nil || !hasScanner
      {
        throw AWSError(
          "LimitExceededException", "The scan quota per image has been exceeded. Wait and try again.")
      }
      state.scans[key] = ScanRecord(repository: image.repository, digest: image.digest, requestedAt: now)
    }
    wake()
  }

  private func describe(
    _ request: ECR.DescribeImageScanFindingsRequest
  ) throws -> ECR.DescribeImageScanFindingsResponse {
    let image = try scannedImage(request.imageId, request.repositoryName, request.registryId)
    guard let scan = state.scans[ECRState.key(image.repository, image.digest)] else {
      let id = request.imageId
      throw AWSError(
        "ScanNotFoundException",
        "Image scan does not exist for the image with '{imageDigest:'\(id.imageDigest ?? "null")', "
          + "imageTag:'\(id.imageTag ?? "null")'}' in the repository with name '\(image.repository)' in the registry with "
          + "id '\(cloud.accountID)'")
    }
    // A vulnerability can be in many packages, so its place in the list is part of its name.
    let named = scan.findings.enumerated().map { (name: String(format: "%08d", $0.offset), finding: $0.element) }
    let page = try ECRPage(named, token: request.nextToken, size: request.maxResults, place: \.name)
    return .init(
      registryId: cloud.accountID, repositoryName: image.repository,
      imageId: .init(imageDigest: image.digest, imageTag: request.imageId.imageTag), imageScanStatus: scan.status,
      imageScanFindings: scan.completedAt.map { instant in
        .init(
          imageScanCompletedAt: instant, findingSeverityCounts: scan.severityCounts,
          findings: page.items.map(\.finding))
      }, nextToken: page.nextToken)
  }

  /// Begins the scan of an image that was pushed into a repository that wants it.
  func scanOnPush(_ image: ImageRecord) async throws {
    guard let repository = state.repositories[image.repository],
      repository.scanOnPush || state.scanFrequency(of: repository.name) != "MANUAL",
      !ImageMediaType.isIndex(image.mediaType), image.subject == nil
    else { return }
    let key = ECRState.key(image.repository, image.digest)
    let now = cloud.time.now()
    try await change { state in
      guard state.scans[key] == nil else { return }
      state.scans[key] = ScanRecord(repository: image.repository, digest: image.digest, requestedAt: now)
    }
    wake()
  }

  // MARK: Doing them

  /// Scans what waits to be scanned.
  func performScans() async throws {
    while let scan = state.scans.values.filter({ $0.completedAt == nil }).min(by: { $0.requestedAt < $1.requestedAt }) {
      var done = scan
      do {
        done.findings = try await findings(of: scan)
      } catch let failure as ImageScanFailure {
        done.failure = failure.reason
      } catch let error as AWSError {
        done.failure = error.message
      }
      try Task.checkCancellation()
      done.completedAt = cloud.time.now()
      let key = ECRState.key(scan.repository, scan.digest)
      let result = done
      // An image that was deleted meanwhile has no scan any more.
      try await change { state in
        if state.scans[key] != nil { state.scans[key] = result }
      }
    }
  }

  private func findings(of scan: ScanRecord) async throws -> [ECR.ImageScanFinding] {
    guard let scanner else {
      throw ImageScanFailure(
        reason:
          "UnsupportedImageError: no scanner is installed; put trivy into the PATH of the local cloud and restart it.")
    }
    guard let image = state.image(scan.repository, digest: scan.digest) else {
      throw ImageScanFailure(reason: "The image was deleted.")
    }
    guard !ImageMediaType.isIndex(image.mediaType) else {
      throw ImageScanFailure(reason: "UnsupportedImageError: a list of images cannot be scanned; scan its images.")
    }
    let folder = cloud.stateDirectory.appendingPathComponent("scans/\(cloud.ids.uuid())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try layOut(image, in: folder)
    return try await scanner.scan(layout: folder)
  }

  /// Makes an OCI image layout of one image; its blobs are links.
  ///
  /// https://github.com/opencontainers/image-spec/blob/main/image-layout.md
  private func layOut(_ image: ImageRecord, in folder: URL) throws {
    let target = folder.appendingPathComponent("blobs/sha256")
    try BlobStore.makeFolder(target)
    do {
      for digest in Set(image.references + [image.digest]) where blobs.contains(digest) {
        try FileManager.default.linkItem(
          at: blobs.file(digest), to: target.appendingPathComponent(String(digest.dropFirst("sha256:".count))))
      }
      let index: [String: Any] = [
        "schemaVersion": 2, "mediaType": ImageMediaType.index,
        "manifests": [["mediaType": image.mediaType, "digest": image.digest, "size": image.manifestSize]],
      ]
      try JSONSerialization.data(withJSONObject: index).write(to: folder.appendingPathComponent("index.json"))
      try Data(#"{"imageLayoutVersion":"1.0.0"}"#.utf8).write(to: folder.appendingPathComponent("oci-layout"))
    } catch let error as CocoaError {
      throw ImageScanFailure(reason: "The image cannot be laid out in \(folder.path): \(error.localizedDescription)")
    }
  }
}

extension ECRService: Service {
  /// How often lifecycle policies are applied and garbage is collected, in seconds of AWS's own; AWS says within a day.
  private static let lifecycleInterval = 3600.0

  /// How long a day of AWS's own lasts, in seconds.
  nonisolated var dayLength: Double { cloud.scaled(seconds: 86_400) / .seconds(1) }

  /// Applies lifecycle policies and collects garbage now and then, and scans what waits for it, until the cloud ends.
  func run() async throws {
    try? await cancelWhenGracefulShutdown {
      try await withThrowingDiscardingTaskGroup { group in
        group.addTask {
          let interval = max(self.cloud.scaled(seconds: Self.lifecycleInterval), .seconds(1))
          while true {
            try await self.cloud.time.sleep(interval)
            await self.logged { try await self.applyLifecyclePolicies() }
            await self.logged { try await self.collectGarbage() }
          }
        }
        group.addTask {
          await self.logged { try await self.performScans() }
          for await _ in self.wakeUps { await self.logged { try await self.performScans() } }
        }
      }
    }
  }

  /// Removes what lifecycle policies expire.
  func applyLifecyclePolicies() async throws {
    guard state.repositories.values.contains(where: { $0.lifecyclePolicy != nil }) else { return }
    let (now, day) = (cloud.time.now(), dayLength)
    try await change { $0.expireImages(at: now, day: day) }
  }

  private func logged(_ perform: () async throws -> Void) async {
    do {
      try await perform()
    } catch is CancellationError {
      return
    } catch {
      cloud.logger.error("the registry's own work failed", metadata: ["error": "\(error)"])
    }
  }
}
