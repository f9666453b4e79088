import GRDB

extension ECSRecords {
  /// Completes deployments that were written before there were hooks, steps and alarms.
  func migrate() async throws {
    try await store.database.write { database in
      try database.execute(
        sql: """
          UPDATE records SET value = json_set(value,
            '$.alarms', json('{"isEnabled":false,"rollsBack":false,"names":[],"triggered":[],"isIgnored":false}'),
            '$.machine.shift', json('{"shares":[100]}'), '$.machine.stepBakeTime', 0, '$.machine.scaleUpLimit', 86400,
            '$.machine.hooks', json('{"hooks":[],"runs":[],"hasBegun":false}'), '$.machine.step', 0,
            '$.machine.foundSplitTraffic', json('false'))
          WHERE kind = 'ecs.service-deployment' AND json_extract(value, '$.alarms') IS NULL
          """)
      // The limit of one stage, a day, has become the day that all limits are counted in.
      try database.execute(
        sql: """
          UPDATE records SET value = json_set(value, '$.machine.day', json_extract(value, '$.machine.scaleUpLimit'))
          WHERE kind = 'ecs.service-deployment' AND json_extract(value, '$.machine.day') IS NULL
          """)
    }
  }
}
