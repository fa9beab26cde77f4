// The form of an issue: the button for the evidence is for those without a script.

const form = document.getElementById("issue-form");

if (form) for (const button of form.querySelectorAll("[data-issue-show]")) button.hidden = true;
