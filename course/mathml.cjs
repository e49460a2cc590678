// Turn TeX into MathML with MathJax, as `node mathml.cjs MATHJAX FORMULAS`; null where it is no TeX.

const [, , folder, file] = process.argv;

const settings = {
  // Learners write formulas too. These packages can make neither links nor styles nor macros.
  loader: { load: ["input/tex-base", "[tex]/ams"], versionWarnings: false },
  tex: {
    packages: ["base", "ams"],
    formatError: (_, error) => {
      throw error;
    },
  },
  options: { enableMenu: false },
};

async function convert(formulas) {
  const MathJax = await require(`${folder}/node-main.js`).init(settings);
  return formulas.map(([tex, display]) => {
    try {
      return MathJax.tex2mml(tex, { display });
    } catch {
      return null;
    }
  });
}

convert(JSON.parse(require("fs").readFileSync(file, "utf8")))
  .then((made) => process.stdout.write(JSON.stringify(made)))
  .catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
