import History
import Testing

@Suite("History")
struct HistoryErrorTests {}
