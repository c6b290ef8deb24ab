// What a run found, per file and folder; survivors with the reason why no test can or need notice them.

/** Prints it; gives the exit code: 1 where a mutant survived of which nobody says why. */
export function report(mutants, reasons) {
  const survivors = mutants.filter(({ killedBy }) => killedBy === null);
  for (const mutant of survivors) {
    const reason = reasons[mutant.file]?.[mutant.what];
    console.log(
      `${mutant.file}:${mutant.line}: ${mutant.what}${reason === undefined ? '' : `\n  ${reason}`}`,
    );
  }
  console.log('');
  for (const [name, own] of byName(mutants)) {
    const killed = own.filter(({ killedBy }) => killedBy !== null).length;
    console.log(
      `${((killed * 100) / own.length).toFixed(1).padStart(5)} %  ${killed} of ${own.length}  ${name}`,
    );
  }
  return survivors.some(({ file, what }) => reasons[file]?.[what] === undefined) ? 1 : 0;
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
