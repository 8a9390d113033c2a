// On npm: import "clearloan/element";
import "/clearloan/element.mjs";

const said = document.getElementById("said");
const loan = document.querySelector("clear-loan");

loan.addEventListener("quote", ({ detail }) => console.debug(detail.quote.cost.simpleAnnual));
// What the borrower has read and confirmed: keep it with the application.
loan.addEventListener("disclosed", ({ detail }) => console.debug(detail.secondsRead));
loan.addEventListener("apply", ({ detail }) => {
  said.textContent = JSON.stringify({ fingerprint: detail.fingerprint, disclosed: detail.disclosed }, null, 2);
});
