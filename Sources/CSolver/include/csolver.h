// Clp and CBC, the linear and integer solvers of COIN-OR, behind the few calls that Cadastre makes.
// Single-threaded and without limits of time, so that the same input gives the same answer.
#pragma once

// A linear program in the making, minimised; rows and columns are only ever added.
typedef struct csolver_lp csolver_lp;

// A program with rows and no columns yet; NULL where memory is short.
csolver_lp *csolver_lp_new(int rows, const double *lower, const double *upper);
void csolver_lp_free(csolver_lp *lp);

// Adds columns; column c has the entries starts[c] ..< starts[c + 1].
void csolver_lp_add_columns(
  csolver_lp *lp, int count, const double *lower, const double *upper, const double *cost,
  const int *starts, const int *rows, const double *values);
// Adds rows; row r has the entries starts[r] ..< starts[r + 1].
void csolver_lp_add_rows(
  csolver_lp *lp, int count, const double *lower, const double *upper, const int *starts,
  const int *columns, const double *values);

// Sets the cost of the first columns.
void csolver_lp_set_costs(csolver_lp *lp, int count, double cost);

// Solves from the last basis, whether columns or rows have joined since. 0: optimal; 1: primal infeasible; 2: unbounded; 3: limit of
// iterations; else it failed.
int csolver_lp_solve(csolver_lp *lp, int iterations, int rows_joined);
double csolver_lp_objective(csolver_lp *lp);
// Copies the values of the columns and the prices of the rows.
void csolver_lp_solution(csolver_lp *lp, double *columns, double *prices);

// A binary program, minimised: the first `binaries` columns are 0 or 1, the others from 0 on.
// Only answers below `cutoff` are looked for, through at most `nodes` nodes.
// Returns 1 where `solution` holds one, else 0; `bound` is below every answer that there is, or at
// `cutoff` where there is none below it.
int csolver_binary(
  int rows, const double *lower, const double *upper, int columns, int binaries,
  const double *cost, const int *starts, const int *indices, const double *values, double cutoff,
  int nodes, double *solution, double *bound);
