"""The files of the bench: synthetic reports of one year, each of a unit of its own, one in ten with a fault."""
import importlib.machinery
import importlib.util
import multiprocessing
import shutil
import subprocess

from candidates import BIN, TREE

# As saved from a site, by Word, and in tables in tables.
PAGES = "clean,word,nested"


def load(path):
    loader = importlib.machinery.SourceFileLoader(path.name, str(path))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(path.name, loader))
    loader.exec_module(module)
    return module


compare = load(TREE / "Tests" / "formats" / "compare")


def generate(folder, count, formats, first=0, roster=None):
    """`first`: of the 9,312 organs that the generator has. Each in the folder of its county, since names repeat."""
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(
        [BIN / "shoubao-generate", "--count", str(count), "--seed", str(first + 1), "--first-organ", str(first), "--year", "2023",
         "--formats", formats, "--faults", "0.1", "--subfolders", "--out", folder] + (["--roster", roster] if roster else []),
        check=True, stdout=subprocess.DEVNULL)
    return sorted(file for file in folder.rglob("*") if file.is_file())


def write(task):
    page, target = task
    data = page.read_bytes()
    # A page in GB18030 is never valid in UTF-8.
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    (compare.write_docx if target.suffix == ".docx" else compare.write_pdf)(compare.Page(text), target)
    return target


def written(folder, ending, count, first):
    """The reports as python-docx or ReportLab write them."""
    pages = generate(folder / f"pages-for-{ending}", count, "clean", first)
    target = folder / ending
    target.mkdir()
    tasks = [(page, target / f"r{number:05}.{ending}") for number, page in enumerate(pages)]
    with multiprocessing.Pool() as pool:
        return pool.map(write, tasks, chunksize=8)


def all_formats(folder, count):
    """By name, in the order of the tables. A quarter as many docx and PDF files: they take others longer to write than us to read."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return {
        "text": generate(folder / "text", count, "tabs"),
        "HTML": generate(folder / "html", count, PAGES, count),
        "docx": written(folder, "docx", count // 4, 2 * count),
        "PDF": written(folder, "pdf", count // 4, 3 * count),
    }
