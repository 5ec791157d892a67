// Filled with the tests of the language.
