/// The regions of AWS with how many availability zones a new account gets in each
/// (https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html).
enum AWSRegions {
  static let zones: [String: Int] = {
    var zones: [String: Int] = ["us-east-1": 6, "us-west-1": 2, "us-west-2": 4, "ap-northeast-2": 4]
    let three = [
      "us-east-2", "us-gov-east-1", "us-gov-west-1", "af-south-1", "ap-east-1", "ap-east-2", "ap-south-1", "ap-south-2",
      "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6",
      "ap-southeast-7", "ap-northeast-1", "ap-northeast-3", "ca-central-1", "ca-west-1", "cn-north-1",
      "cn-northwest-1", "eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1",
      "eu-west-2", "eu-west-3", "il-central-1", "me-central-1", "me-south-1", "mx-central-1", "sa-east-1",
    ]
    for region in three { zones[region] = 3 }
    return zones
  }()

  static let names = zones.keys.sorted()
}
