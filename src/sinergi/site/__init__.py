"""The shell: settings, URLs, base pages, design system, search, translations."""
