// Settings of the account.

extension ECS {
  /// Sets one of the caller's settings.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutAccountSetting.html
  public struct PutAccountSettingRequest: ECSRequest, Equatable {
    public typealias Response = PutAccountSettingResponse
    public static let operation = "PutAccountSetting"

    /// The name.
    public var name: String
    /// Its value.
    public var value: String
    /// Whose setting it is.
    public var principalArn: String?

    /// Makes a request.
    public init(name: String, value: String, principalArn: String? = nil) {
      self.name = name
      self.value = value
      self.principalArn = principalArn
    }
  }

  /// What `PutAccountSetting` answers.
  public struct PutAccountSettingResponse: Codable, Sendable, Equatable {
    /// The setting, as it is now.
    public var setting: Setting?

    /// Makes an answer.
    public init(setting: Setting? = nil) {
      self.setting = setting
    }
  }

  /// Sets one of the account's settings.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutAccountSettingDefault.html
  public struct PutAccountSettingDefaultRequest: ECSRequest, Equatable {
    public typealias Response = PutAccountSettingDefaultResponse
    public static let operation = "PutAccountSettingDefault"

    /// The name.
    public var name: String
    /// Its value.
    public var value: String

    /// Makes a request.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// What `PutAccountSettingDefault` answers.
  public struct PutAccountSettingDefaultResponse: Codable, Sendable, Equatable {
    /// The setting, as it is now.
    public var setting: Setting?

    /// Makes an answer.
    public init(setting: Setting? = nil) {
      self.setting = setting
    }
  }

  /// Reads settings.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListAccountSettings.html
  public struct ListAccountSettingsRequest: ECSRequest, Equatable {
    public typealias Response = ListAccountSettingsResponse
    public static let operation = "ListAccountSettings"

    /// The name.
    public var name: String?
    /// Its value.
    public var value: String?
    /// Whose setting it is.
    public var principalArn: String?
    /// Whether settings that nobody has set are answered with their defaults.
    public var effectiveSettings: Bool?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// How many to answer at most.
    public var maxResults: Int?

    /// Makes a request.
    public init(
      name: String? = nil, value: String? = nil, principalArn: String? = nil, effectiveSettings: Bool? = nil,
      nextToken: String? = nil, maxResults: Int? = nil
    ) {
      self.name = name
      self.value = value
      self.principalArn = principalArn
      self.effectiveSettings = effectiveSettings
      self.nextToken = nextToken
      self.maxResults = maxResults
    }
  }

  /// What `ListAccountSettings` answers.
  public struct ListAccountSettingsResponse: Codable, Sendable, Equatable {
    /// The settings.
    public var settings: [Setting]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    /// Makes an answer.
    public init(settings: [Setting]? = nil, nextToken: String? = nil) {
      self.settings = settings
      self.nextToken = nextToken
    }
  }

  /// Takes one of the caller's settings back.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteAccountSetting.html
  public struct DeleteAccountSettingRequest: ECSRequest, Equatable {
    public typealias Response = DeleteAccountSettingResponse
    public static let operation = "DeleteAccountSetting"

    /// The name.
    public var name: String
    /// Whose setting it is.
    public var principalArn: String?

    /// Makes a request.
    public init(name: String, principalArn: String? = nil) {
      self.name = name
      self.principalArn = principalArn
    }
  }

  /// What `DeleteAccountSetting` answers.
  public struct DeleteAccountSettingResponse: Codable, Sendable, Equatable {
    /// The setting, as it is now.
    public var setting: Setting?

    /// Makes an answer.
    public init(setting: Setting? = nil) {
      self.setting = setting
    }
  }

  /// A setting.
  public struct Setting: Codable, Sendable, Equatable {
    /// The name.
    public var name: String?
    /// Its value.
    public var value: String?
    /// Whose setting it is.
    public var principalArn: String?
    /// Of which kind it is.
    public var type: String?

    /// Makes a value of its members.
    public init(name: String? = nil, value: String? = nil, principalArn: String? = nil, type: String? = nil) {
      self.name = name
      self.value = value
      self.principalArn = principalArn
      self.type = type
    }
  }
}
