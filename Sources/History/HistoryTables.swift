import GRDB
import Records

extension HistoryMigration {
  /// What a run read, made and saw.
  ///
  /// Days are whole numbers that read as dates, such as 20261120. `since` is the first day of a run
  /// on which a state held, `until` the first on which it held no more; NULL: it holds still.
  static let runs = HistoryMigration(name: "runs") { db in
    try db.execute(
      sql: """
        CREATE TABLE run (
          as_of INTEGER PRIMARY KEY,
          newest_day INTEGER,
          version TEXT NOT NULL,
          input TEXT NOT NULL,
          currency TEXT NOT NULL
        );
        CREATE TABLE run_file (
          as_of INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
          number INTEGER NOT NULL,
          file TEXT NOT NULL,
          object TEXT NOT NULL,
          rows_read INTEGER NOT NULL,
          rows_used INTEGER NOT NULL,
          PRIMARY KEY (as_of, number)
        ) WITHOUT ROWID;
        CREATE TABLE edition (
          id INTEGER PRIMARY KEY,
          as_of INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
          report TEXT NOT NULL,
          kind TEXT NOT NULL,
          scope TEXT NOT NULL,
          name TEXT NOT NULL,
          UNIQUE (as_of, report, kind, scope)
        );
        CREATE TABLE figure (
          edition INTEGER NOT NULL REFERENCES edition ON DELETE CASCADE,
          number INTEGER NOT NULL,
          key TEXT NOT NULL,
          label TEXT NOT NULL,
          unit TEXT NOT NULL,
          numerator TEXT,
          denominator TEXT,
          PRIMARY KEY (edition, number)
        ) WITHOUT ROWID;
        CREATE TABLE deal_state (
          deal TEXT NOT NULL,
          since INTEGER NOT NULL,
          until INTEGER,
          account TEXT,
          owner INTEGER REFERENCES word,
          territory INTEGER REFERENCES word,
          stage INTEGER REFERENCES word,
          forecast INTEGER REFERENCES word,
          amount INTEGER,
          close_date INTEGER,
          PRIMARY KEY (deal, since)
        ) WITHOUT ROWID;
        CREATE TABLE association_state (
          account TEXT NOT NULL,
          territory INTEGER NOT NULL REFERENCES word,
          since INTEGER NOT NULL,
          until INTEGER,
          PRIMARY KEY (account, territory, since)
        ) WITHOUT ROWID;
        CREATE TABLE word (
          id INTEGER PRIMARY KEY,
          text TEXT NOT NULL UNIQUE
        );
        """)
  }
}

extension Day {
  /// The day as the history writes it: a whole number that reads as a date, such as 20261120.
  var kept: Int64 {
    let (year, month, day) = civil
    return Int64(year * 10_000 + month * 100 + day)
  }

  /// The day of such a number; nil where it is none.
  init?(kept: Int64) {
    let number = Int(truncatingIfNeeded: kept)
    self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
  }
}
