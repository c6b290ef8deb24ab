// What a run found, per file and folder; survivors with the reason why no test can or need notice them.

/** Prints it; gives the exit code: 1 where a mutant survived of which nobody says why. */
export function report(mutants, reasons) {
  const reasonOf = ({ file, what }) => reasons[file]?.[what];
  const survivors = mutants.filter(({ killedBy }) => killedBy === null);
  for (const mutant of survivors) {
    const reason = reasonOf(mutant);
    console.log(
      `${mutant.file}:${mutant.line}: ${mutant.what}${reason === undefined ? '' : `\n  ${reason}`}`,
    );
  }
  console.log('\nOf all, and of those that change something that can be seen, tests noticed:');
  for (const [name, own] of byName(mutants)) {
    const killed = own.filter(({ killedBy }) => killedBy !== null).length;
    const seen = own.filter(mutant => mutant.killedBy !== null || reasonOf(mutant) === undefined).length;
    console.log(`${share(killed, own.length)}  ${share(killed, seen)}  ${name}`);
  }
  return survivors.some(mutant => reasonOf(mutant) === undefined) ? 1 : 0;
}

function share(killed, count) {
  const percent = count === 0 ? '' : `${((killed * 100) / count).toFixed(1)} %`;
  return `${percent.padStart(7)} ${`${killed} of ${count}`.padEnd(10)}`;
}

/** Files, then folders, then all. */
function byName(mutants) {
  const names = new Map();
  for (const name of [({ file }) => file, ({ file }) => file.split('/', 3).join('/'), () => 'all']) {
    for (const mutant of mutants) {
      const known = names.get(name(mutant));
      if (known === undefined) names.set(name(mutant), [mutant]);
      else known.push(mutant);
    }
  }
  return names;
}
