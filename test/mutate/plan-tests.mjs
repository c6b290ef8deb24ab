/** Which tests a mutant is put before: those that come by it, the quick ones first; then those of files that come by it when they load. */
export async function planTests(testFiles, mutants, runner, foldersOf) {
  const byMutant = mutants.map(() => ({ covering: [], loading: [] }));
  for (const file of testFiles) {
    const { atLoad, tests } = await runner.cover(file);
    const all = tests.map(({ name, failure, rounds, ms }, number) => ({
      file,
      name,
      number,
      failure,
      rounds,
      ms,
    }));
    tests.forEach(({ covers }, i) => {
      for (const id of covers) byMutant[id].covering.push(all[i]);
    });
    for (const id of atLoad) byMutant[id].loading.push(...all);
  }
  const quickTests = [
    ...new Set(byMutant.flatMap(({ covering, loading }) => [...covering, ...loading])),
  ].filter(isQuick);
  const noticed = await runner.judge(-1, quickTests);
  if (noticed !== null)
    throw new Error(`A test fails without a mutant, when it runs behind others: ${noticed}`);
  return mutant => {
    const { covering, loading } = byMutant[mutant.id];
    const isNear = ({ file }) => foldersOf(mutant).some(folder => file.startsWith(folder));
    const tests = [...new Set([...covering.sort(byTime), ...loading.sort(byTime)])].filter(isNear);
    return { quick: tests.filter(isQuick), slow: tests.filter(test => !isQuick(test)) };
  };
}

/** In processor time. Slower tests are a few that try thousands of random cases. */
const quick = 200;

function isQuick({ ms }) {
  return ms <= quick;
}

function byTime(a, b) {
  return a.ms - b.ms;
}
