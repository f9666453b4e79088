import AWSWire
import Foundation

extension ECRService {
  nonisolated func addImages(to table: inout OperationTable) {
    table.on(ECR.PutImageRequest.self) { request, _ in try await self.put(request) }
    table.on(ECR.BatchGetImageRequest.self) { request, _ in try await self.get(request) }
    table.on(ECR.DescribeImagesRequest.self) { request, _ in try await self.describe(request) }
    table.on(ECR.ListImagesRequest.self) { request, _ in try await self.list(request) }
    table.on(ECR.BatchDeleteImageRequest.self) { request, _ in
      try await self.change { state in
        _ = try state.repository(request.repositoryName, registryID: request.registryId)
        var removed: [ECR.ImageIdentifier] = []
        var failures: [ECR.ImageFailure] = []
        for id in request.imageIds {
          do throws(ECRState.ImageFault) {
            removed += try state.remove(id, from: request.repositoryName)
          } catch {
            failures.append(error.failure(id))
          }
        }
        return .init(imageIds: removed, failures: failures)
      }
    }
  }

  private func put(_ request: ECR.PutImageRequest) async throws -> ECR.PutImageResponse {
    let manifest = try ReceivedManifest(Data(request.imageManifest.utf8), mediaType: request.imageManifestMediaType)
    if let digest = request.imageDigest, digest != manifest.digest { throw ECRError.digestDiffers(digest) }
    let (image, isNew) = try await put(
      manifest, tag: request.imageTag, in: request.repositoryName, registryID: request.registryId)
    guard isNew else {
      throw ECRError.imageExists(digest: image.digest, tag: request.imageTag, state.place(image.repository))
    }
    return .init(
      image: ECR.Image(
        registryId: cloud.accountID, repositoryName: image.repository,
        imageId: .init(imageDigest: image.digest, imageTag: request.imageTag), imageManifest: request.imageManifest,
        imageManifestMediaType: image.mediaType))
  }

  private func get(_ request: ECR.BatchGetImageRequest) throws -> ECR.BatchGetImageResponse {
    _ = try state.repository(request.repositoryName, registryID: request.registryId)
    var images: [ECR.Image] = []
    var failures: [ECR.ImageFailure] = []
    for id in request.imageIds {
      do throws(ECRState.ImageFault) {
        let record = try state.image(id, in: request.repositoryName)
        images.append(
          ECR.Image(
            registryId: cloud.accountID, repositoryName: record.repository,
            imageId: .init(imageDigest: record.digest, imageTag: id.imageTag), imageManifestMediaType: record.mediaType)
        )
      } catch {
        failures.append(error.failure(id))
      }
    }
    for index in images.indices {
      guard let digest = images[index].imageId?.imageDigest else { continue }
      images[index].imageManifest = String(decoding: try blobs.read(digest), as: UTF8.self)
    }
    return .init(images: images, failures: failures)
  }

  private func describe(_ request: ECR.DescribeImagesRequest) throws -> ECR.DescribeImagesResponse {
    let repository = try state.repository(request.repositoryName, registryID: request.registryId)
    if let ids = request.imageIds, !ids.isEmpty {
      return .init(
        imageDetails: try ids.map { id in
          do throws(ECRState.ImageFault) {
            return detail(try state.image(id, in: repository.name))
          } catch {
            throw ECRError.imageNotFound(id, state.place(repository.name))
          }
        })
    }
    let all = try filtered(state.images(of: repository.name), request.filter?.tagStatus)
    // In the order in which they were pushed, which their numbers keep when they are texts.
    func place(_ image: ImageRecord) -> String {
      String(format: "%020.6f ", image.pushedAt.timeIntervalSince1970) + image.digest
    }
    let page = try ECRPage(
      all.sorted { place($0) < place($1) }, token: request.nextToken, size: request.maxResults, place: place)
    return .init(imageDetails: page.items.map(detail), nextToken: page.nextToken)
  }

  private func list(_ request: ECR.ListImagesRequest) throws -> ECR.ListImagesResponse {
    let repository = try state.repository(request.repositoryName, registryID: request.registryId)
    let ids = try filtered(state.images(of: repository.name), request.filter?.tagStatus)
      .flatMap { image in
        image.tags.isEmpty
          ? [ECR.ImageIdentifier(imageDigest: image.digest)]
          : image.tags.map { .init(imageDigest: image.digest, imageTag: $0) }
      }
    func place(_ id: ECR.ImageIdentifier) -> String { "\(id.imageDigest ?? "") \(id.imageTag ?? "")" }
    let page = try ECRPage(
      ids.sorted { place($0) < place($1) }, token: request.nextToken, size: request.maxResults, place: place)
    return .init(imageIds: page.items, nextToken: page.nextToken)
  }

  private func filtered(_ images: [ImageRecord], _ tagStatus: String?) throws(AWSError) -> [ImageRecord] {
    switch tagStatus {
    case nil, "ANY": return images
    case "TAGGED": return images.filter { !$0.tags.isEmpty }
    case "UNTAGGED": return images.filter { $0.tags.isEmpty }
    default: throw ECRError.parameter("filter.tagStatus", "Member must satisfy enum value set: [TAGGED, UNTAGGED, ANY]")
    }
  }

  private func detail(_ image: ImageRecord) -> ECR.ImageDetail {
    let scan = state.scans[ECRState.key(image.repository, image.digest)]
    return ECR.ImageDetail(
      registryId: cloud.accountID, repositoryName: image.repository, imageDigest: image.digest,
      imageTags: image.tags.isEmpty ? nil : image.tags, imageSizeInBytes: image.layerSize,
      imagePushedAt: image.pushedAt, imageScanStatus: scan?.status,
      imageScanFindingsSummary: scan?.summary, imageManifestMediaType: image.mediaType,
      artifactMediaType: image.artifactType,
      subjectManifestDigest: image.subject, imageStatus: "ACTIVE")
  }
}
