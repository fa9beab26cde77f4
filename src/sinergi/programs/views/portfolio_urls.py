"""Addresses of portfolios, below `portofolio/`."""

from django.urls import path, re_path

from sinergi.programs.views import (
    portfolio,
    portfolio_limits,
    portfolio_projects,
    portfolio_runs,
)

ONE = "portofolio/<int:portfolio_id>/"
RUN = f"{ONE}pilihan/<int:run_id>/"
urlpatterns = [
    path("portofolio/", portfolio.portfolios, name="portfolios"),
    path(ONE, portfolio.portfolio, name="portfolio"),
    path(f"{ONE}ubah/", portfolio.edit_portfolio, name="portfolio-edit"),
    path(f"{ONE}hapus/", portfolio.put_portfolio_away, name="portfolio-delete"),
    path(f"{ONE}pulihkan/", portfolio.restore_portfolio, name="portfolio-restore"),
    path(f"{ONE}proyek/", portfolio_projects.projects, name="portfolio-projects"),
    path(f"{ONE}proyek/<int:number>/", portfolio_projects.project, name="portfolio-project"),
    path(f"{ONE}batas/", portfolio_limits.limits_page, name="portfolio-limits"),
    path(f"{ONE}pilih/", portfolio_runs.begin, name="portfolio-begin"),
    path(RUN, portfolio_runs.run, name="portfolio-run"),
    path(f"{RUN}keinginan/", portfolio_runs.wish, name="portfolio-wish"),
    re_path(
        r"^portofolio/(?P<portfolio_id>\d{1,9})/pilihan/(?P<run_id>\d{1,9})/berkas\.(?P<kind>csv|xlsx)$",
        portfolio_runs.run_file,
        name="portfolio-file",
    ),
]
