import Expressions
import Records
import Testing

@Suite("What is said about expressions that cannot be used")
struct ExpressionErrorTests {
  private static func sentence(_ column: Int, _ what: String, _ advice: String) -> String {
    let end = advice.hasSuffix("?") ? "" : "."
    return "cadastre.yaml:12:\(column): error: \(what); the expression was not used; "
      + "\(advice)\(end)"
  }

  // The text starts at column 30.
  @Test(
    "What is no expression, each with its character",
    arguments: [
      ("", 30, "the expression is empty", "write one, such as Amount >= 1000"),
      ("Amount >=", 39, "expected a field or a value, found the end", "complete the expression"),
      ("Amount == 1", 37, "unexpected ==", "write ="),
      ("IsWon && true", 36, "unexpected &&", "write and"),
      ("!IsWon", 30, "unexpected !", "write not"),
      (
        "Type = “New”", 37, "unexpected “",
        "put text in straight single quotes, such as 'New Business'"
      ),
      ("Amount > 5 € and IsWon", 41, "unexpected €", "remove it, or put text in single quotes"),
      (
        "Type = 'New", 37, "the text has no closing quote",
        "close it with '; inside it write '' for '"
      ),
      ("(IsWon", 36, "expected ), found the end", "close the parenthesis"),
      ("IsWon)", 35, "unexpected )", "remove it, or open a parenthesis before it"),
      ("IsWon Amount", 36, "unexpected \"Amount\"", "put and, or or an operator before it"),
      ("1 < Amount < 5", 41, "a second comparison", "join two comparisons by and"),
      ("CloseDate > 2026-02-30", 42, "there is no day 2026-02-30", "correct the date"),
      (
        "Amount > 1000k", 39, "a name cannot begin with a digit",
        "put the name in double quotes, or text in single quotes"
      ),
      ("Amount > 1234567890123456789", 39, "a number of 19 digits", "use at most 18 digits"),
      ("Type in 'New'", 38, "expected ( after in, found text", "write in ('a', 'b')"),
      (
        "Type in ('New' 'Old')", 45, "expected , or ) in the list, found text",
        "separate values by commas"
      ),
      (
        "Amount between 1", 46, "expected and after the lower end, found the end",
        "write between a and b; both ends belong to it"
      ),
      (
        "Name starts 'A'", 42, "expected with after starts, found text",
        "write starts with 'text'"
      ),
      (
        "Name contains Type", 44, "expected text after contains, found \"Type\"",
        "put text in single quotes"
      ),
      (
        "Amount is empty", 40, "expected null after is, found \"empty\"",
        "write is null or is not null"
      ),
      (
        "Amount = null", 39, "nothing is equal to null",
        "test for empty cells with is null or is not null"
      ),
      (
        "Amount not > 5", 41,
        "expected in, between, contains, starts with, ends with or includes after not, found >",
        "put not before the whole comparison"
      ),
      ("Account. = 1", 39, "expected a field after the dot, found =", "complete the path"),
      (
        "CloseDate > today - 1.5 days", 54, "a span of days is a whole number up to 1000000",
        "write 90 days"
      ),
      ("Amount >\n  and IsWon", 32, "", ""),
    ])
  func syntax(_ text: String, _ column: Int, _ what: String, _ advice: String) {
    if what.isEmpty {
      // On the second line of a block the columns count from where the text begins.
      #expect(
        Deals.complaint(about: text)
          == "cadastre.yaml:13:32: error: expected a field or a value, found \"and\"; "
          + "the expression was not used; "
          + "complete the expression; a field of this name stands in double quotes.")
    } else {
      #expect(Deals.complaint(about: text) == Self.sentence(column, what, advice))
    }
  }

  @Test(
    "What does not fit the columns, each with its character",
    arguments: [
      ("Amout > 5", 30, "unknown field \"Amout\"", "did you mean \"Amount\"?"),
      (
        "IsWon and Acount.Industry = 'x'", 40, "unknown field \"Acount.Industry\"",
        "did you mean \"Account.Industry\"?"
      ),
      (
        "Type = Renewal", 37, "unknown field \"Renewal\"",
        "use a field of the export; text stands in single quotes"
      ),
      (
        "Amount", 30, "a condition is needed here, this is money",
        "compare it with something, such as Amount >= 1000 or Type = 'Renewal'"
      ),
      (
        "IsWon and Type", 40, "a condition is needed here, this is text",
        "compare it with something, such as Amount >= 1000 or Type = 'Renewal'"
      ),
      (
        "Amount > Quantity", 39, "money cannot be compared with a number",
        "compare values of one unit"
      ),
      (
        "Amount + 5 > 0", 30, "money + a number has no meaning",
        "use values of one unit, or * and / to change a unit"
      ),
      (
        "Amount + Probability > 0", 30, "money + a percentage has no meaning",
        "use values of one unit, or * and / to change a unit"
      ),
      (
        "Amount * Amount > 0", 30, "money * money has no meaning",
        "use values of one unit, or * and / to change a unit"
      ),
      (
        "CloseDate > today - 90", 42, "a date - a number has no meaning",
        "write a span as 90 days"
      ),
      (
        "Amount > 90 days", 39, "money cannot be compared with a number of days",
        "compare values of one unit"
      ),
      (
        "CloseDate > '2026-11-20'", 42, "a date cannot be compared with text",
        "write the date without quotes"
      ),
      (
        "Amount > '5'", 39, "money cannot be compared with text",
        "write the number without quotes"
      ),
      (
        "IsWon = 'true'", 38, "yes or no cannot be compared with text",
        "write true or false without quotes"
      ),
      ("Type = 5", 37, "text cannot be compared with a number", "put the text in single quotes"),
      ("Type in ('a', 5)", 44, "in needs text in single quotes here", "quote the value"),
      ("IsWon < true", 38, "yes or no cannot be compared with yes or no", "use = or !="),
      (
        "Name = ''", 37, "no cell holds '', an empty cell is null",
        "test for empty cells with is null or is not null"
      ),
      (
        "Amount contains '5'", 30, "contains looks into text, this is money",
        "name a text field before it"
      ),
      (
        "OwnerId = '005'", 30, "a reference can only be tested for null",
        "compare a field of the record it refers to, such as Owner.Name"
      ),
      ("Amount / 0 > 1", 30, "division by zero", "correct the divisor"),
      (
        "CloseDate + Quantity > today", 30, "a date + a number has no meaning",
        "write a span as 90 days"
      ),
      ("-Type = 'x'", 31, "a minus sign before text", "remove it"),
    ])
  func binding(_ text: String, _ column: Int, _ what: String, _ advice: String) {
    #expect(Deals.complaint(about: text) == Self.sentence(column, what, advice))
  }

  @Test("A formula must be a number or a date")
  func formulas() {
    #expect(
      Deals.complaint(about: "IsWon", asFormula: true)
        == Self.sentence(
          30, "a formula gives a number or a date, this is yes or no",
          "name a field that holds numbers, such as Amount"))
    let power = [String](repeating: "Quantity", count: 7).joined(separator: " * ")
    #expect(
      Deals.complaint(about: power, asFormula: true)
        == Self.sentence(
          30, "the result has more decimal places than can be kept exactly",
          "use fewer factors, or constants with fewer digits"))
  }

  @Test(
    "An expression nested without end is refused",
    arguments: [("(", ""), ("not ", ""), ("-", ""), ("", "1 + "), ("(", "1 + "), ("", "2 * ")])
  func depth(_ opening: String, _ chain: String) {
    let text =
      String(repeating: opening, count: opening.isEmpty ? 0 : 100_000)
      + String(repeating: chain, count: chain.isEmpty ? 0 : 100_000) + "1"
    #expect(
      Deals.complaint(about: text).contains(
        "error: the expression nests more than 100 levels deep; the expression was not used; "
          + "split it into several."))
  }

  @Test("Chains in nested parentheses are bounded as a whole")
  func depthOfTree() {
    var text = "1"
    for _ in 0..<50 { text = "(" + text + " + 1 + 1 + 1)" }
    #expect(Deals.complaint(about: text).contains("nests more than 100 levels deep"))
  }

  @Test("An error carries the place of its character as a finding")
  func finding() {
    do throws(ExpressionError) {
      _ = try Expression(
        parsing: "Amount ?", at: SourcePosition(file: "m.yaml", line: 3, column: 9))
      Issue.record("the expression was read")
    } catch {
      #expect(error.finding.code == "expression-syntax")
      #expect(error.finding.severity == .error)
      #expect(error.finding.at == SourcePosition(file: "m.yaml", line: 3, column: 16))
    }
  }
}
