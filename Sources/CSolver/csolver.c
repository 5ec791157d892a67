#include "csolver.h"

#include <coin/Cbc_C_Interface.h>
#include <coin/Clp_C_Interface.h>
#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct csolver_lp {
  Clp_Simplex *model;
};

csolver_lp *csolver_lp_new(int rows, const double *lower, const double *upper) {
  csolver_lp *lp = malloc(sizeof *lp);
  if (!lp) return NULL;
  lp->model = Clp_newModel();
  Clp_setLogLevel(lp->model, 0);
  Clp_resize(lp->model, rows, 0);
  Clp_chgRowLower(lp->model, lower);
  Clp_chgRowUpper(lp->model, upper);
  return lp;
}

void csolver_lp_free(csolver_lp *lp) {
  Clp_deleteModel(lp->model);
  free(lp);
}

void csolver_lp_add_columns(
  csolver_lp *lp, int count, const double *lower, const double *upper, const double *cost,
  const int *starts, const int *rows, const double *values) {
  Clp_addColumns(lp->model, count, lower, upper, cost, starts, rows, values);
}

void csolver_lp_add_rows(
  csolver_lp *lp, int count, const double *lower, const double *upper, const int *starts,
  const int *columns, const double *values) {
  Clp_addRows(lp->model, count, lower, upper, starts, columns, values);
}

void csolver_lp_set_costs(csolver_lp *lp, int count, double cost) {
  double *costs = Clp_objective(lp->model);
  for (int column = 0; column < count; column += 1) costs[column] = cost;
}

int csolver_lp_solve(csolver_lp *lp, int iterations, int rows_joined) {
  Clp_setMaximumIterations(lp->model, Clp_getIterationCount(lp->model) + iterations);
  if (rows_joined)
    Clp_dual(lp->model, 0);
  else
    Clp_primal(lp->model, 0);
  return Clp_status(lp->model);
}

double csolver_lp_objective(csolver_lp *lp) { return Clp_getObjValue(lp->model); }

void csolver_lp_solution(csolver_lp *lp, double *columns, double *prices) {
  memcpy(
    columns, Clp_getColSolution(lp->model),
    sizeof(double) * (size_t)Clp_getNumCols(lp->model));
  memcpy(
    prices, Clp_getRowPrice(lp->model), sizeof(double) * (size_t)Clp_getNumRows(lp->model));
}

int csolver_binary(
  int rows, const double *lower, const double *upper, int columns, int binaries,
  const double *cost, const int *starts, const int *indices, const double *values, double cutoff,
  int nodes, double *solution, double *bound) {
  double *top = malloc(sizeof(double) * (size_t)(columns > 0 ? columns : 1));
  if (!top) return 0;
  for (int column = 0; column < columns; column += 1) top[column] = column < binaries ? 1 : DBL_MAX;
  Cbc_Model *model = Cbc_newModel();
  Cbc_setLogLevel(model, 0);
  Cbc_loadProblem(
    model, columns, rows, starts, indices, values, NULL, top, cost, lower, upper);
  free(top);
  for (int column = 0; column < binaries; column += 1) Cbc_setInteger(model, column);
  char text[32];
  snprintf(text, sizeof text, "%d", nodes);
  Cbc_setParameter(model, "log", "0");
  Cbc_setParameter(model, "slog", "0");
  Cbc_setParameter(model, "maxNodes", text);
  Cbc_setParameter(model, "threads", "0");
  Cbc_setParameter(model, "ratioGap", "0");
  Cbc_setParameter(model, "allowableGap", "0");
  Cbc_setCutoff(model, cutoff);
  Cbc_solve(model);
  int found = 0;
  const double *best = Cbc_bestSolution(model);
  if (best && Cbc_getObjValue(model) < cutoff && !Cbc_isProvenInfeasible(model)) {
    memcpy(solution, best, sizeof(double) * (size_t)columns);
    found = 1;
  }
  if (Cbc_isProvenInfeasible(model)) {
    *bound = cutoff;
  } else {
    *bound = Cbc_getBestPossibleObjValue(model);
    if (*bound > cutoff) *bound = cutoff;
  }
  Cbc_deleteModel(model);
  return found;
}
