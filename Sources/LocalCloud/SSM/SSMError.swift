import AWSWire

/// The errors of Parameter Store in AWS's words. None holds a value.
enum SSMError {
  static let exists = AWSError(
    "ParameterAlreadyExists",
    "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.")
  static let typeMissing = AWSError(
    "ValidationException", "A parameter type is required when you create a parameter.")
  static let typeChanges = AWSError(
    "HierarchyTypeMismatchException",
    "Parameter Store does not support changing a parameter's type. Make a parameter of another name.")
  static let tagsOnOverwrite = AWSError(
    "ValidationException",
    "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove "
      + "overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or "
      + "RemoveTagsFromResource.")
  static let tooDeep = AWSError(
    "HierarchyLevelLimitExceededException",
    "A parameter hierarchy can have a maximum of 15 levels. See the requirements of parameter names.")
  static let resource = AWSError(
    "InvalidResourceId", "The resource ID isn't valid. Verify that you entered the correct ID and try again.")
  static let resourceType = AWSError("InvalidResourceType", "The resource type isn't valid; it must be Parameter.")
  static let nextToken = AWSError("InvalidNextToken", "The specified token isn't valid.")
  static let filterKey = AWSError("InvalidFilterKey", "The specified key isn't valid.")
  static let filterOption = AWSError(
    "InvalidFilterOption", "The specified filter option isn't valid. Valid options are Equals and BeginsWith.")

  static func notFound(_ name: String) -> AWSError {
    AWSError("ParameterNotFound", "Parameter \(name) not found.")
  }
  static func versionNotFound(_ version: String, _ name: String) -> AWSError {
    AWSError(
      "ParameterVersionNotFound",
      "Systems Manager could not find version \(version) of \(name). Verify the version and try again.")
  }
  static func pattern(_ pattern: String) -> AWSError {
    AWSError(
      "ParameterPatternMismatchException", "Parameter value, cannot be validated against allowedPattern: \(pattern)")
  }
  static func validation(_ text: String) -> AWSError { AWSError("ValidationException", text) }
}
