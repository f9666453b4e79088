import AWSWire
import Foundation
import PalcoTestSupport
import Testing

@testable import LocalCloud

/// AWS's own client against a whole local cloud, in each of the three protocols; boto3 chooses JSON by itself.
@Suite(.enabled(if: Python.isUsable, "\(Python.hint)")) struct CloudWatchClientTests {
  private static let script = """
    import botocore.model, botocore.session, datetime, json, sys, time
    from botocore.config import Config
    endpoint, protocol = sys.stdin.read().split()
    botocore.model.PRIORITY_ORDERED_SUPPORTED_PROTOCOLS = (protocol,)
    session = botocore.session.get_session()
    session.set_credentials('AKID', 'secret')
    client = session.create_client('cloudwatch', region_name='us-east-1', endpoint_url=endpoint,
                                   config=Config(request_min_compression_size_bytes=500, retries={'total_max_attempts': 1}))
    sent = []
    client.meta.events.register('before-send.cloudwatch.*', lambda request, **_: sent.append(
        (request.url, dict(request.headers))))
    now = datetime.datetime.now(datetime.timezone.utc)
    client.put_metric_data(Namespace='App', MetricData=[
        {'MetricName': 'requests', 'Dimensions': [{'Name': 'path', 'Value': '/%d' % (i % 2)}], 'Timestamp': now,
         'Value': float(i)} for i in range(100)])
    url, headers = sent[-1]
    answer = client.get_metric_data(StartTime=now - datetime.timedelta(minutes=5),
        EndTime=now + datetime.timedelta(minutes=5), MetricDataQueries=[
            {'Id': 'm1', 'ReturnData': False, 'MetricStat': {'Period': 60, 'Stat': 'Sum', 'Metric': {
                'Namespace': 'App', 'MetricName': 'requests', 'Dimensions': [{'Name': 'path', 'Value': '/1'}]}}},
            {'Id': 'e1', 'Expression': 'm1 / 100'}])
    client.put_metric_alarm(AlarmName='busy', Namespace='App', MetricName='requests', Statistic='Sum', Period=60,
        Dimensions=[{'Name': 'path', 'Value': '/1'}], EvaluationPeriods=1, Threshold=5.0,
        ComparisonOperator='GreaterThanThreshold', TreatMissingData='notBreaching',
        Tags=[{'Key': 'k', 'Value': 'v'}])
    alarm = client.describe_alarms(AlarmNames=['busy'])['MetricAlarms'][0]
    errors = []
    for call in (lambda: client.set_alarm_state(AlarmName='gone', StateValue='OK', StateReason='r'),
                 lambda: client.get_dashboard(DashboardName='gone'),
                 lambda: client.put_metric_data(Namespace='AWS/X', MetricData=[{'MetricName': 'm', 'Value': 1.0}])):
        try:
            call()
        except client.exceptions.ClientError as error:
            errors.append([error.response['Error']['Code'], error.response['ResponseMetadata']['HTTPStatusCode']])
    states = []
    deadline = time.time() + 20
    while time.time() < deadline and 'ALARM' not in states:
        client.put_metric_data(Namespace='App', MetricData=[
            {'MetricName': 'requests', 'Dimensions': [{'Name': 'path', 'Value': '/1'}], 'Values': [3.0, 4.0], 'Counts': [1.0, 2.0]}])
        states.append(client.describe_alarms()['MetricAlarms'][0]['StateValue'])
        time.sleep(0.3)
    print(json.dumps({
        'url': url, 'encoding': str(headers.get('Content-Encoding')),
        'type': str(headers.get('Content-Type')),
        'sum': answer['MetricDataResults'][0]['Values'], 'label': answer['MetricDataResults'][0]['Label'],
        'when': abs((answer['MetricDataResults'][0]['Timestamps'][0] - now).total_seconds()) < 2,
        'metrics': len(client.list_metrics(Namespace='App')['Metrics']), 'threshold': alarm['Threshold'],
        'state': alarm['StateValue'], 'errors': errors, 'alarmed': 'ALARM' in states,
        'tags': client.list_tags_for_resource(ResourceARN=alarm['AlarmArn'])['Tags'],
        'history': client.describe_alarm_history(AlarmName='busy')['AlarmHistoryItems'][0]['HistorySummary']}))
    """

  private struct Outcome: Decodable {
    var url: String
    var encoding: String
    var type: String
    var sum: [Double]
    var label: String
    var when: Bool
    var metrics: Int
    var threshold: Double
    var state: String
    var errors: [[Entry]]
    var alarmed: Bool
    var tags: [CloudWatch.Tag]
    var history: String

    enum Entry: Decodable, Equatable {
      case code(String)
      case status(Int)

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let status = try? container.decode(Int.self) {
          self = .status(status)
        } else {
          self = .code(try container.decode(String.self))
        }
      }
    }
  }

  @Test(arguments: [
    ("json", "/", "application/x-amz-json-1.0"), ("query", "/", "application/x-www-form-urlencoded; charset=utf-8"),
    (
      "smithy-rpc-v2-cbor", "/service/GraniteServiceVersion20100801/operation/PutMetricData", "application/cbor"
    ),
  ])
  func botocoreSpeaksWithIt(wireProtocol: String, path: String, contentType: String) async throws {
    try await withTemporaryDirectory { directory in
      let options = DaemonOptions(stateDirectory: directory, port: 0, minute: .seconds(1))
      try await DaemonFixture.run(options) { cloud in
        let input = "\(cloud.information.endpoint) \(wireProtocol)"
        // The script waits for the cloud, so it must not hold a thread that the cloud needs.
        let output = try await withCheckedThrowingContinuation { continuation in
          DispatchQueue.global().async {
            continuation.resume(with: Result { try Python.run(Self.script, input: input) })
          }
        }
        let outcome = try JSONDecoder().decode(Outcome.self, from: output)
        #expect(outcome.url.hasSuffix(path))
        #expect(outcome.encoding == "gzip" || outcome.encoding == "b'gzip'")
        #expect(outcome.type.contains(contentType))
        #expect(outcome.sum == [25])
        #expect(outcome.label == "e1")
        #expect(outcome.when)
        #expect(outcome.metrics == 2)
        #expect(outcome.threshold == 5)
        #expect(outcome.state == "INSUFFICIENT_DATA")
        #expect(
          outcome.errors == [
            [.code("ResourceNotFound"), .status(404)], [.code("ResourceNotFound"), .status(404)],
            [.code("InvalidParameterValue"), .status(400)],
          ])
        #expect(outcome.alarmed)
        #expect(outcome.tags == [.init(key: "k", value: "v")])
        #expect(outcome.history.hasPrefix("Alarm updated from"))
      }
    }
  }
}
