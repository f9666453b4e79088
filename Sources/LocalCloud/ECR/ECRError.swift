import AWSWire

/// The errors of the Elastic Container Registry in AWS's words.
enum ECRError {
  /// A repository in AWS's sentences.
  struct Place: Sendable {
    var repository: String
    var registryID: String

    fileprivate var sentence: String {
      "the repository with name '\(repository)' in the registry with id '\(registryID)'"
    }
  }

  static func parameter(_ member: String, _ constraint: String) -> AWSError {
    AWSError(
      "InvalidParameterException",
      "Invalid parameter at '\(member)' failed to satisfy constraint: '\(constraint)'")
  }

  static func repositoryNotFound(_ place: Place) -> AWSError {
    AWSError(
      "RepositoryNotFoundException",
      "The repository with name '\(place.repository)' does not exist in the registry with id '\(place.registryID)'")
  }
  static func repositoryExists(_ place: Place) -> AWSError {
    AWSError(
      "RepositoryAlreadyExistsException",
      "The repository with name '\(place.repository)' already exists in the registry with id '\(place.registryID)'")
  }
  static func repositoryNotEmpty(_ place: Place) -> AWSError {
    AWSError(
      "RepositoryNotEmptyException",
      "The repository with name '\(place.repository)' in registry with id '\(place.registryID)' cannot be deleted "
        + "because it still contains images")
  }
  static func lifecyclePolicyNotFound(_ place: Place) -> AWSError {
    AWSError("LifecyclePolicyNotFoundException", "Lifecycle policy does not exist for \(place.sentence)")
  }
  static func repositoryPolicyNotFound(_ place: Place) -> AWSError {
    AWSError("RepositoryPolicyNotFoundException", "Repository policy does not exist for \(place.sentence)")
  }

  static func imageNotFound(_ id: ECR.ImageIdentifier, _ place: Place) -> AWSError {
    let digest = id.imageDigest ?? "null"
    let tag = id.imageTag ?? "null"
    return AWSError(
      "ImageNotFoundException",
      "The image with imageId {imageDigest:'\(digest)', imageTag:'\(tag)'} does not exist within \(place.sentence)")
  }
  static func imageExists(digest: String, tag: String?, _ place: Place) -> AWSError {
    AWSError(
      "ImageAlreadyExistsException",
      "Image with digest '\(digest)' and tag '\(tag ?? "null")' already exists in the repository with name "
        + "'\(place.repository)' in registry with id '\(place.registryID)'")
  }
  static func tagExists(_ tag: String, _ place: Place) -> AWSError {
    AWSError(
      "ImageTagAlreadyExistsException",
      "The image tag '\(tag)' already exists in the '\(place.repository)' repository and cannot be overwritten because "
        + "the repository is immutable.")
  }
  static func digestDiffers(_ digest: String) -> AWSError {
    AWSError(
      "ImageDigestDoesNotMatchException",
      "The specified image digest '\(digest)' does not match the digest that Amazon ECR calculated for the image.")
  }
  static func layersNotFound(_ digests: [String], _ place: Place) -> AWSError {
    AWSError("LayersNotFoundException", required("Layers", digests, place))
  }
  static func referencedImagesNotFound(_ digests: [String], _ place: Place) -> AWSError {
    AWSError("ReferencedImagesNotFoundException", required("Images", digests, place))
  }
  private static func required(_ what: String, _ digests: [String], _ place: Place) -> String {
    "\(what) with digests '[\(digests.joined(separator: ", "))]' required for pushing image into repository with name "
      + "'\(place.repository)' in the registry with id '\(place.registryID)' do not exist"
  }

  static func uploadNotFound(_ id: String, _ place: Place) -> AWSError {
    AWSError("UploadNotFoundException", "The upload with id '\(id)' does not exist in \(place.sentence)")
  }
  static func layerPart(_ reason: String) -> AWSError { AWSError("InvalidLayerPartException", reason) }
  static func emptyUpload(_ id: String, _ place: Place) -> AWSError {
    AWSError("EmptyUploadException", "The upload with id '\(id)' in \(place.sentence) holds no layer parts")
  }
  static func layerDiffers(computed: String, given: [String]) -> AWSError {
    AWSError(
      "InvalidLayerException",
      "The layer digest '\(computed)' calculated by Amazon ECR does not match the specified "
        + "'\(given.joined(separator: ", "))'")
  }
  static func layerExists(_ digest: String, _ place: Place) -> AWSError {
    AWSError("LayerAlreadyExistsException", "Layer with digest '\(digest)' already exists in \(place.sentence)")
  }
  /// The disk is full, or the state folder cannot be written.
  static func storage(_ reason: String) -> AWSError { AWSError("ServerException", reason, httpStatus: 500) }
}
