// Typeset formulas with MathJax, as `node typeset.cjs MATHJAX FORMULAS`; prints HTML and its style.

const [, , folder, file] = process.argv;
const FONTS = "mathjax/output/chtml/fonts/woff-v2";
// In a browser MathJax measures the text around a formula; this suits the usual fonts of screens.
const SCALE = 1.18;

const settings = {
  loader: {
    load: ["input/tex-full", "output/chtml", "adaptors/liteDOM", "a11y/assistive-mml"],
    versionWarnings: false,
  },
  chtml: { fontURL: FONTS, scale: SCALE },
  // A formula with an error stops the build, instead of standing on the page in red.
  tex: { packages: { "[-]": ["noerrors", "noundefined"] }, formatError: (_, error) => fail(error) },
};
let current = "";

function fail(error) {
  throw new Error(`${error.message}: ${current}`);
}

async function typeset(formulas) {
  const MathJax = await require(`${folder}/node-main.js`).init(settings);
  const { adaptor } = MathJax.startup;
  const html = formulas.map(([tex, display]) => {
    current = tex;
    return adaptor.outerHTML(MathJax.tex2chtml(tex, { display }));
  });
  return { html, style: adaptor.textContent(MathJax.chtmlStylesheet()) };
}

typeset(JSON.parse(require("fs").readFileSync(file, "utf8")))
  .then((made) => process.stdout.write(JSON.stringify(made)))
  .catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
