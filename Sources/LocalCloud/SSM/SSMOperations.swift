import AWSWire
import Foundation

// The wire side: requests in, shapes out.
extension SSMService {
  /// The operations that this service answers.
  nonisolated func operations() -> OperationTable {
    var table = OperationTable(SSM.service)
    table.on(SSM.PutParameterRequest.self) { request, _ in
      let version = try await self.put(request)
      return .init(version: version.number, tier: version.tier)
    }
    table.on(SSM.GetParameterRequest.self) { request, _ in
      .init(parameter: try await self.parameter(request.name, isDecrypted: request.withDecryption))
    }
    table.on(SSM.GetParametersRequest.self) { request, _ in
      try Self.checkCount(request.names)
      return try await self.parameters(request.names, isDecrypted: request.withDecryption)
    }
    table.on(SSM.GetParametersByPathRequest.self) { request, _ in try await self.parameters(request) }
    table.on(SSM.DescribeParametersRequest.self) { request, _ in try await self.describe(request) }
    table.on(SSM.DeleteParameterRequest.self) { request, _ in
      if try await self.delete([request.name]).isEmpty { throw SSMError.notFound(request.name) }
      return EmptyResponse()
    }
    table.on(SSM.DeleteParametersRequest.self) { request, _ in
      try Self.checkCount(request.names)
      let deleted = try await self.delete(request.names)
      return .init(deletedParameters: deleted, invalidParameters: request.names.filter { !deleted.contains($0) })
    }
    table.on(SSM.AddTagsToResourceRequest.self) { request, _ in
      let keys = Set(request.tags.compactMap(\.key))
      try await self.retag(request.resourceId, type: request.resourceType) { tags in
        tags = tags.filter { $0.key.map { !keys.contains($0) } ?? false } + request.tags
      }
      return EmptyResponse()
    }
    table.on(SSM.RemoveTagsFromResourceRequest.self) { request, _ in
      try await self.retag(request.resourceId, type: request.resourceType) { tags in
        tags.removeAll { $0.key.map(request.tagKeys.contains) ?? false }
      }
      return EmptyResponse()
    }
    table.on(SSM.ListTagsForResourceRequest.self) { request, _ in
      .init(tagList: try await self.tagged(request.resourceId, type: request.resourceType).tags)
    }
    return table
  }

  private static func checkCount(_ names: [String]) throws(AWSError) {
    guard (1...10).contains(names.count) else {
      throw SSMError.validation(
        "1 validation error detected: Value at 'names' failed to satisfy constraint: Member must have length less than "
          + "or equal to 10")
    }
  }

  private func parameter(_ name: String, isDecrypted: Bool?) throws -> SSM.Parameter {
    let (record, version, selector) = try find(name)
    return try shape(record, version, selector: selector, isDecrypted: isDecrypted)
  }

  private func shape(
    _ record: ParameterRecord, _ version: ParameterRecord.Version, selector: String? = nil, isDecrypted: Bool?
  ) throws -> SSM.Parameter {
    SSM.Parameter(
      name: record.name, type: record.type,
      value: Sensitive(try text(of: version, in: record, isDecrypted: isDecrypted ?? false)),
      version: version.number, selector: selector, lastModifiedDate: version.modifiedAt, arn: arn(record.name),
      dataType: version.dataType)
  }

  private func parameters(_ names: [String], isDecrypted: Bool?) throws -> SSM.GetParametersResponse {
    var answer = SSM.GetParametersResponse(parameters: [], invalidParameters: [])
    for name in names {
      do {
        answer.parameters?.append(try parameter(name, isDecrypted: isDecrypted))
      } catch let error as AWSError where error.httpStatus < 500 {
        answer.invalidParameters?.append(name)
      }
    }
    return answer
  }

  private func parameters(_ request: SSM.GetParametersByPathRequest) throws -> SSM.GetParametersByPathResponse {
    guard request.path.hasPrefix("/") else {
      throw SSMError.validation(
        "The parameter doesn't meet the parameter name requirements. The parameter name must begin with a forward "
          + "slash \"/\".")
    }
    let filters = try (request.parameterFilters ?? []).map(ParameterFilter.init)
    let found = parameters.values.filter { record in
      ParameterFilter.isBelow(record.name, request.path, isRecursive: request.recursive ?? false)
        && filters.allSatisfy { $0.matches(record) }
    }.sorted { $0.name < $1.name }
    let page = try NamePage(
      found, token: request.nextToken, size: try pageSize(request.maxResults, upTo: 10), name: \.name,
      invalid: SSMError.nextToken)
    let shapes = try page.items.compactMap { record in
      try record.versions.last.map { try shape(record, $0, isDecrypted: request.withDecryption) }
    }
    return .init(parameters: shapes, nextToken: page.nextToken)
  }

  private func describe(_ request: SSM.DescribeParametersRequest) throws -> SSM.DescribeParametersResponse {
    let filters = try (request.parameterFilters ?? []).map(ParameterFilter.init)
    let found = parameters.values.filter { record in filters.allSatisfy { $0.matches(record) } }
      .sorted { $0.name < $1.name }
    let page = try NamePage(
      found, token: request.nextToken, size: try pageSize(request.maxResults, upTo: 50), name: \.name,
      invalid: SSMError.nextToken)
    let user = "arn:aws:iam::\(cloud.accountID):user/palco"
    let shapes = page.items.compactMap { record in
      record.versions.last.map { version in
        SSM.ParameterMetadata(
          name: record.name, arn: arn(record.name), type: record.type, keyId: version.keyID,
          lastModifiedDate: version.modifiedAt, lastModifiedUser: user, description: version.description,
          allowedPattern: version.allowedPattern, version: version.number, tier: version.tier,
          dataType: version.dataType)
      }
    }
    return .init(parameters: shapes, nextToken: page.nextToken)
  }

  private func pageSize(_ wanted: Int?, upTo bound: Int) throws(AWSError) -> Int {
    let size = wanted ?? bound
    guard (1...bound).contains(size) else {
      throw SSMError.validation(
        "1 validation error detected: Value at 'maxResults' failed to satisfy constraint: Member must have value less "
          + "than or equal to \(bound)")
    }
    return size
  }
}
